// A table of the catalog as a page of Markdown (GitHub's kind).
import type { Field, TableDetail } from "../types";

/** The words of the reader's language at the head of each column. */
export interface MarkdownWords {
  position: string;
  name: string;
  type: string;
  nullable: string;
  key: string;
  fallback: string;
  comment: string;
  yes: string;
  no: string;
}

export function markdown(table: TableDetail, fields: readonly Field[], words: MarkdownWords): string {
  const name = table.table_schema === "" ? table.table_name : `${table.table_schema}.${table.table_name}`;
  const head = [words.position, words.name, words.type, words.nullable, words.key, words.fallback, words.comment];
  const rows = fields
    .filter((field) => !field.removed_at)
    .map((field) => [
      String(field.field_position),
      code(field.field_name),
      code(field.column_type),
      field.is_nullable ? words.yes : words.no,
      field.column_key ?? "",
      field.column_default ? code(field.column_default) : "",
      plain(field.field_comment ?? ""),
    ]);
  const lines = [
    `# ${plain(name)}`,
    "",
    ...(table.table_comment ? [plain(table.table_comment), ""] : []),
    line(head.map(plain)),
    line(["--:", "---", "---", "---", "---", "---", "---"]),
    ...rows.map(line),
  ];
  return `${lines.join("\n")}\n`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Text that means itself: no mark-up, no HTML, on one line. */
function plain(text: string): string {
  return text
    .replace(/[\\`*_{}[\]|#~]/g, (sign) => `\\${sign}`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/\s*\r?\n\s*/g, " ");
}

/** Text in the type of a program, fenced by more backticks than it has in a row. */
function code(text: string): string {
  const flat = text.replace(/\s*\r?\n\s*/g, " ").replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 || flat.trim() === "" ? " " : "";
  return `${fence}${space}${flat}${space}${fence}`;
}
