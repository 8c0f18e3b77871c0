// How names and texts are written in SQL.
import type { Engine } from "../types";

/** A name as it stands in a statement. */
export function quoteName(engine: Engine, name: string): string {
  return engine === "mysql" ? `\`${name.replaceAll("`", "``")}\`` : `"${name.replaceAll('"', '""')}"`;
}

export function quoteNames(engine: Engine, names: readonly string[]): string {
  return names.map((name) => quoteName(engine, name)).join(", ");
}

/** A table's name, with its schema where it has one. */
export function quoteTable(engine: Engine, schema: string, name: string): string {
  return schema === "" ? quoteName(engine, name) : `${quoteName(engine, schema)}.${quoteName(engine, name)}`;
}

/** A text as a literal. A backslash is a character like any other on PostgreSQL, and has to be doubled on MySQL. */
export function quoteText(engine: Engine, text: string): string {
  const doubled = text.replaceAll("'", "''");
  return `'${engine === "mysql" ? doubled.replaceAll("\\", "\\\\") : doubled}'`;
}
