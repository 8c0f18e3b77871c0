// Keys, checks and indexes of CREATE TABLE.
import type { Check, Engine, Index, IndexColumn, Key } from "../types";
import { bare } from "./columns";
import { quoteName, quoteNames, quoteTable } from "./sql";

export function keyLine(engine: Engine, key: Key): string | null {
  const name = `CONSTRAINT ${quoteName(engine, key.name)} `;
  const columns = `(${quoteNames(engine, key.columns)})`;
  if (key.definition) return `${name}${key.definition}`;
  switch (key.kind) {
    case "primary":
      return `${engine === "mysql" ? "" : name}PRIMARY KEY ${columns}${later(key)}`;
    case "unique":
      // On MySQL a unique key is its index, which knows more of it.
      return engine === "mysql" ? null : `${name}UNIQUE ${columns}${later(key)}`;
    case "foreign":
      return key.references ? `${name}${foreign(engine, key, key.references)}${later(key)}` : null;
    default:
      return null;
  }
}

function foreign(engine: Engine, key: Key, to: NonNullable<Key["references"]>): string {
  const database = to.database_name ? `${quoteName(engine, to.database_name)}.` : "";
  const target = `${database}${quoteTable(engine, to.table_schema, to.table_name)} (${quoteNames(engine, to.columns)})`;
  const parts = [`FOREIGN KEY (${quoteNames(engine, key.columns)}) REFERENCES ${target}`];
  if (to.match === "FULL") parts.push("MATCH FULL");
  if (to.on_update !== "NO ACTION") parts.push(`ON UPDATE ${to.on_update}`);
  if (to.on_delete !== "NO ACTION") {
    const some = to.on_delete_columns?.length ? ` (${quoteNames(engine, to.on_delete_columns)})` : "";
    parts.push(`ON DELETE ${to.on_delete}${some}`);
  }
  return parts.join(" ");
}

function later(key: Key): string {
  const deferrable = key.deferrable ? " DEFERRABLE" : "";
  const deferred = key.initially_deferred ? " INITIALLY DEFERRED" : "";
  return `${deferrable}${deferred}${key.validated === false ? " NOT VALID" : ""}`;
}

export function checkLine(engine: Engine, check: Check): string {
  const rest = [
    check.no_inherit ? " NO INHERIT" : "",
    check.validated === false ? " NOT VALID" : "",
    check.enforced === false ? " NOT ENFORCED" : "",
  ].join("");
  return `CONSTRAINT ${quoteName(engine, check.name)} CHECK (${bare(check.expression)})${rest}`;
}

/** An index as a part of CREATE TABLE (MySQL). */
export function indexLine(index: Index): string {
  const method = index.method.toUpperCase();
  const isOwnKind = method === "FULLTEXT" || method === "SPATIAL";
  const kind = isOwnKind ? `${method} KEY` : index.unique ? "UNIQUE KEY" : "KEY";
  const columns = index.columns.map((column) => part("mysql", column)).join(", ");
  const using = method === "HASH" ? " USING HASH" : "";
  return `${kind} ${quoteName("mysql", index.name)} (${columns})${using}${index.visible ? "" : " INVISIBLE"}`;
}

function part(engine: Engine, column: IndexColumn): string {
  const what = column.name ? quoteName(engine, column.name) : `(${bare(column.expression ?? "")})`;
  const length = column.prefix_length ? `(${column.prefix_length})` : "";
  return `${what}${length}${column.descending ? " DESC" : ""}`;
}

/** An index as a statement of its own (PostgreSQL). */
export function createIndex(schema: string, table: string, index: Index): string {
  if (index.definition) return `${index.definition};`;
  const columns = index.columns.map((column) => part("postgresql", column)).join(", ");
  const unique = index.unique ? "UNIQUE " : "";
  const on = `${quoteTable("postgresql", schema, table)} USING ${index.method}`;
  const included = index.included?.length ? ` INCLUDE (${quoteNames("postgresql", index.included)})` : "";
  const where = index.predicate ? ` WHERE ${index.predicate}` : "";
  return `CREATE ${unique}INDEX ${quoteName("postgresql", index.name)} ON ${on} (${columns})${included}${where};`;
}
