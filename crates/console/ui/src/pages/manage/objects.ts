import { tableName, type AvailableTable, type ManagedObject } from "./types";

/** The managed objects of the sources that are shown, found by what they are. */
export class Objects {
  private readonly byPlace = new Map<string, ManagedObject>();

  constructor(readonly all: readonly ManagedObject[]) {
    for (const object of all) this.byPlace.set(place(object.resource_id, object.database, object.table), object);
  }

  database(source: number, database: string): ManagedObject | undefined {
    return this.byPlace.get(place(source, database, null));
  }

  /** Of a table by itself; one that is managed with its database has none. */
  table(source: number, database: string, table: AvailableTable): ManagedObject | undefined {
    return (
      this.byPlace.get(place(source, database, tableName(table))) ??
      // Adopted by its bare name, which the service takes where it means one table.
      this.byPlace.get(place(source, database, table.table_name))
    );
  }
}

function place(source: number, database: string, table: string | null | undefined): string {
  return JSON.stringify([source, database, table ?? null]);
}

export function isUnderWay(object: ManagedObject): boolean {
  return object.status === "pending" || object.status === "scanning";
}
