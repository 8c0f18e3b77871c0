import type { PipelineTable } from "../../work";

/** A table by its schema and name; MySQL has no schemas. */
export function tableName(table: Pick<PipelineTable, "table_schema" | "table_name">): string {
  return table.table_schema === "" ? table.table_name : `${table.table_schema}.${table.table_name}`;
}

/** Where the catalog shows a table. */
export function catalogPath(table: Pick<PipelineTable, "id">): string {
  return `/catalog/table-${table.id}`;
}
