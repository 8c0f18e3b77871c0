import type { DatabaseRow, TableRow } from "./rows";
import { tableName } from "./types";

/** What is ticked of one database: all of it, or tables. */
export interface Ticked {
  source: number;
  sourceName: string;
  database: string;
  /** Null for the whole database. */
  tables: ReadonlySet<string> | null;
}

/** What is ticked, by the keys of the databases. */
export type Selection = ReadonlyMap<string, Ticked>;

export type Tick = "on" | "off" | "some";

function keyOf(row: DatabaseRow | TableRow): string {
  return `s${row.source.id}/${row.database.database_name}`;
}

function start(row: DatabaseRow | TableRow): Ticked {
  return {
    source: row.source.id,
    sourceName: row.source.datasource_name,
    database: row.database.database_name,
    tables: null,
  };
}

/** Whether a row is ticked, be it by what is managed already or by somebody just now. */
export function tickOf(selection: Selection, row: DatabaseRow | TableRow): Tick {
  const ticked = selection.get(keyOf(row));
  if (row.database.is_managed || ticked?.tables === null) return "on";
  if (row.kind === "table") {
    return row.table.is_managed || ticked?.tables?.has(tableName(row.table)) ? "on" : "off";
  }
  return ticked || row.database.managed_tables > 0 ? "some" : "off";
}

/** Whether a tick is no longer the user's to take away here: the thing is managed, or with its database. */
export function isSettled(selection: Selection, row: DatabaseRow | TableRow): boolean {
  if (row.database.is_managed) return true;
  return row.kind === "table" && (row.table.is_managed || selection.get(keyOf(row))?.tables === null);
}

/** The selection with this row ticked, or no longer. */
export function toggle(selection: Selection, row: DatabaseRow | TableRow): Selection {
  if (isSettled(selection, row) || !row.database.is_accessible) return selection;
  const key = keyOf(row);
  const next = new Map(selection);
  const ticked = selection.get(key);
  if (row.kind === "database") {
    if (ticked?.tables === null) next.delete(key);
    else next.set(key, start(row));
    return next;
  }
  const tables = new Set(ticked?.tables ?? []);
  const name = tableName(row.table);
  if (!tables.delete(name)) tables.add(name);
  if (tables.size === 0) next.delete(key);
  else next.set(key, { ...start(row), tables });
  return next;
}

export interface Sums {
  databases: number;
  tables: number;
}

export function sumOf(selection: Selection): Sums {
  let databases = 0;
  let tables = 0;
  for (const ticked of selection.values()) {
    if (ticked.tables === null) databases += 1;
    else tables += ticked.tables.size;
  }
  return { databases, tables };
}
