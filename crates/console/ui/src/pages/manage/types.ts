import type { Manager } from "../../api";

export type Source = Manager["ManagedDatasource"];
export type AvailableDatabase = Manager["AvailableDatabase"];
export type AvailableTable = Manager["AvailableTable"];
export type ManagedObject = Manager["ManagedObject"];
export type Permission = Manager["Permission"];
export type ManagedRef = Manager["ManagedRef"];

export const PERMISSIONS: readonly Permission[] = ["read", "write", "admin"];

/** How a table is named in requests: `schema.name`, or its name where there are no schemas. */
export function tableName(table: Pick<AvailableTable, "table_schema" | "table_name">): string {
  return table.table_schema === "" ? table.table_name : `${table.table_schema}.${table.table_name}`;
}
