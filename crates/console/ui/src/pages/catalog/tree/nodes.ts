// Entries of the tree made of what other lists answer, for a filter.
import { schemaId } from "../address";
import type { Database, Table, TreeNode } from "../types";

export function databaseNode(database: Database): TreeNode {
  return {
    id: `database-${database.id}`,
    kind: "database",
    name: database.database_name,
    label: null,
    // What lies below may be schemas, which this list does not count.
    child_count: null,
    catalog_id: database.id,
    removed_at: database.removed_at ?? null,
  };
}

/** A table; `qualified` with its schema, where tables of several schemas stand side by side. */
export function tableNode(table: Table, qualified: boolean): TreeNode {
  const schema = qualified && table.table_schema !== "" ? `${table.table_schema}.` : "";
  return {
    id: `table-${table.id}`,
    kind: "table",
    name: `${schema}${table.table_name}`,
    label: table.table_type,
    child_count: table.is_scanned ? table.field_count : null,
    catalog_id: table.id,
    removed_at: table.removed_at ?? null,
  };
}

export function schemaNode(database: number, schema: string): TreeNode {
  return {
    id: schemaId(database, schema),
    kind: "schema",
    name: schema,
    label: null,
    child_count: null,
    catalog_id: null,
    removed_at: null,
  };
}

export function datasourceNode(id: number, name: string): TreeNode {
  return {
    id: `datasource-${id}`,
    kind: "datasource",
    name,
    label: null,
    child_count: null,
    catalog_id: id,
    removed_at: null,
  };
}
