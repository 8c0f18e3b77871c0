// A table of the catalog as the statement that makes one like it. The servers' own words are kept where the catalog has them;
// triggers, rights and storage are left out.
import type { Engine, Field, TableDetail } from "../types";
import { columnLine } from "./columns";
import { checkLine, createIndex, indexLine, keyLine } from "./constraints";
import { quoteName, quoteNames, quoteTable, quoteText } from "./sql";

export function createTable(engine: Engine, table: TableDetail, fields: readonly Field[]): string {
  const statements = isView(table) ? [createView(engine, table)] : [create(engine, table, fields), ...indexes(engine, table)];
  if (engine === "postgresql") statements.push(...comments(table, fields));
  return `${statements.join("\n\n")}\n`;
}

export function isView(table: Pick<TableDetail, "table_type">): boolean {
  return table.table_type === "VIEW" || table.table_type === "MATERIALIZED_VIEW";
}

function createView(engine: Engine, table: TableDetail): string {
  const name = quoteTable(engine, table.table_schema, table.table_name);
  const body = (table.view_definition ?? "").trim().replace(/;$/, "");
  if (body === "") return `-- The statement of the view ${name.replaceAll("\n", " ")} is not known: the login may not see it.`;
  if (/^create\b/i.test(body)) return `${body};`;
  const kind = table.table_type === "VIEW" ? "VIEW" : "MATERIALIZED VIEW";
  return `CREATE ${kind} ${name} AS\n${body};`;
}

function create(engine: Engine, table: TableDetail, fields: readonly Field[]): string {
  const { details } = table;
  const name = quoteTable(engine, table.table_schema, table.table_name);
  const parents = (details.parents ?? []).map((it) => quoteTable(engine, it.table_schema, it.table_name));
  if (engine === "postgresql" && details.partition_bound && parents[0]) {
    return `CREATE TABLE ${name} PARTITION OF ${parents[0]}\n  ${details.partition_bound}${partitioning(engine, table)};`;
  }
  const lines = [
    ...fields.filter((field) => !field.removed_at).map((field) => columnLine(engine, field)),
    ...(details.keys ?? []).map((key) => keyLine(engine, key)).filter((line) => line !== null),
    ...(engine === "mysql" ? (details.indexes ?? []).filter((it) => !it.primary).map(indexLine) : []),
    ...(details.checks ?? []).map((check) => checkLine(engine, check)),
  ];
  const kind = kindOf(table);
  const body = lines.length === 0 ? "()" : `(\n  ${lines.join(",\n  ")}\n)`;
  return `CREATE ${kind} ${name} ${body}${options(engine, table, parents)}${partitioning(engine, table)};`;
}

function kindOf(table: TableDetail): string {
  if (table.table_type === "FOREIGN_TABLE") return "FOREIGN TABLE";
  return table.details.persistence === "unlogged" ? "UNLOGGED TABLE" : "TABLE";
}

function options(engine: Engine, table: TableDetail, parents: readonly string[]): string {
  const { details } = table;
  if (engine === "postgresql") {
    const inherits = parents.length > 0 ? `\nINHERITS (${parents.join(", ")})` : "";
    const server = details.foreign_server ? `\nSERVER ${quoteName(engine, details.foreign_server)}` : "";
    return `${inherits}${server}`;
  }
  const parts = [];
  if (table.engine) parts.push(`ENGINE=${table.engine}`);
  if (details.collation) parts.push(`COLLATE=${details.collation}`);
  if (table.table_comment) parts.push(`COMMENT=${quoteText(engine, table.table_comment)}`);
  return parts.length === 0 ? "" : ` ${parts.join(" ")}`;
}

function partitioning(engine: Engine, table: TableDetail): string {
  const by = table.details.partitioning;
  if (!by) return "";
  const expression = by.expression.trim().startsWith("(") ? by.expression.trim() : `(${by.expression})`;
  const head = `\nPARTITION BY ${by.method} ${expression}`;
  const parts = by.parts ?? [];
  if (engine === "postgresql" || parts.length === 0) return head;
  const names = [...new Map(parts.map((part) => [part.name, part.bound])).entries()];
  if (names.every(([, bound]) => bound == null)) return `${head}\nPARTITIONS ${names.length}`;
  const word = /^list/i.test(by.method) ? "VALUES IN" : "VALUES LESS THAN";
  const bound = (text: string) => (/^maxvalue$/i.test(text) || text.startsWith("(") ? text : `(${text})`);
  const lines = names.map(([name, text]) => `PARTITION ${quoteName(engine, name)} ${word} ${bound(text ?? "")}`);
  return `${head} (\n  ${lines.join(",\n  ")}\n)`;
}

/** Of PostgreSQL: the indexes that no key brings along. */
function indexes(engine: Engine, table: TableDetail): string[] {
  if (engine === "mysql") return [];
  const ofKeys = new Set((table.details.keys ?? []).map((key) => key.name));
  const own = (table.details.indexes ?? []).filter((index) => !index.primary && !ofKeys.has(index.name));
  return own.map((index) => createIndex(table.table_schema, table.table_name, index));
}

/** Of PostgreSQL: what it says of the table and of its columns. */
function comments(table: TableDetail, fields: readonly Field[]): string[] {
  const name = quoteTable("postgresql", table.table_schema, table.table_name);
  const kind = table.table_type === "FOREIGN_TABLE" ? "FOREIGN TABLE" : isView(table) ? table.table_type.replace("_", " ") : "TABLE";
  const all = table.table_comment ? [`COMMENT ON ${kind} ${name} IS ${quoteText("postgresql", table.table_comment)};`] : [];
  for (const field of fields) {
    if (!field.field_comment || field.removed_at) continue;
    const column = `${name}.${quoteNames("postgresql", [field.field_name])}`;
    all.push(`COMMENT ON COLUMN ${column} IS ${quoteText("postgresql", field.field_comment)};`);
  }
  return all.length === 0 ? [] : [all.join("\n")];
}
