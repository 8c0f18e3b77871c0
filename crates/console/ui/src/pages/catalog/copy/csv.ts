// Rows as CSV (RFC 4180), by the same rules as the API's own.
import type { Field, Preview } from "../types";

type Value = string | number | boolean | null | undefined;

const NUMBERS = new Set(["integer", "decimal", "float"]);

/** NULL is an empty field, an empty text `""`. Text of columns of numbers is left as it is. */
export function csv(rows: readonly (readonly Value[])[], isNumber: (column: number) => boolean = () => false): string {
  return rows.map((row) => `${row.map((value, column) => cell(value, isNumber(column))).join(",")}\r\n`).join("");
}

function cell(value: Value, isNumber: boolean): string {
  if (value == null) return "";
  if (typeof value !== "string") return String(value);
  // A spreadsheet would run it as a formula.
  const safe = !isNumber && /^[=+\-@\u0000-\u001f]/.test(value) ? `'${value}` : value;
  return safe === "" || /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The columns of a table, under the names that the API gives them. */
export function fieldsAsCsv(fields: readonly Field[]): string {
  const names = [
    "field_position",
    "field_name",
    "column_type",
    "data_type",
    "is_nullable",
    "column_key",
    "column_default",
    "extra",
    "field_comment",
  ] as const satisfies readonly (keyof Field)[];
  return csv([names, ...fields.filter((field) => !field.removed_at).map((field) => names.map((name) => field[name]))]);
}

/** The rows of a preview, with a line of names. */
export function previewAsCsv(preview: Preview): string {
  const head = csv([preview.columns.map((column) => column.name)]);
  const body = csv(preview.rows as Value[][], (column) => NUMBERS.has(preview.columns[column]?.data_type ?? ""));
  return head + body;
}
