// How requests name a table.
import type { Manager } from "../../../api";
import type { Table } from "../types";

type ManagedObject = Manager["ManagedObject"];

/** `schema.name`, or the name alone where there are no schemas. */
export function selectorOf(table: Pick<Table, "table_schema" | "table_name">): string {
  return table.table_schema === "" ? table.table_name : `${table.table_schema}.${table.table_name}`;
}

/** The managed object by which rows of a table may be looked at: itself, or the whole database. */
export function managedBy(
  objects: readonly ManagedObject[],
  database: string,
  table: Pick<Table, "table_schema" | "table_name">,
): ManagedObject | undefined {
  const names = [table.table_name, selectorOf(table)];
  const fitting = objects.filter(
    (object) => object.database === database && !object.removed_at && (object.table == null || names.includes(object.table)),
  );
  return fitting.find((object) => object.table != null) ?? fitting[0];
}
