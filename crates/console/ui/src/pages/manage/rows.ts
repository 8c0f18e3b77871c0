import type { AvailableDatabase, AvailableTable, Source } from "./types";

interface Placed {
  key: string;
  level: 1 | 2 | 3;
}

export interface SourceRow extends Placed {
  kind: "source";
  source: Source;
  expanded: boolean;
}

export interface DatabaseRow extends Placed {
  kind: "database";
  source: Source;
  database: AvailableDatabase;
  expanded: boolean;
}

export interface TableRow extends Placed {
  kind: "table";
  source: Source;
  database: AvailableDatabase;
  table: AvailableTable;
}

/** What stands in a list besides its entries: more to come, nothing, or why it could not be read. */
export interface NoteRow extends Placed {
  kind: "note";
  note: "loading" | "more" | "none" | "error";
  /** The list that it ends. */
  list: string;
  error?: unknown;
}

export type Row = SourceRow | DatabaseRow | TableRow | NoteRow;

/** One list of the tree as far as it has been read. */
export interface Listing<T> {
  items: T[];
  /** Give this back to read on; null at the end. */
  nextCursor: string | null;
  loading: boolean;
  error: unknown;
}

export function sourceKey(source: number): string {
  return `s${source}`;
}

export function databaseKey(source: number, database: string): string {
  return `${sourceKey(source)}/${database}`;
}

function noteOf(listing: Listing<unknown> | undefined): NoteRow["note"] | null {
  if (listing?.error) return "error";
  if (listing === undefined || listing.loading) return "loading";
  if (listing.nextCursor !== null) return "more";
  return listing.items.length === 0 ? "none" : null;
}

function note(list: string, level: 2 | 3, listing: Listing<unknown> | undefined): NoteRow[] {
  const what = noteOf(listing);
  return what ? [{ kind: "note", note: what, key: `${list}/*${what}`, level, list, error: listing?.error }] : [];
}

/** The rows that are to be seen, from top to bottom. */
export function flatten(
  sources: readonly Source[],
  expanded: ReadonlySet<string>,
  databases: ReadonlyMap<string, Listing<AvailableDatabase>>,
  tables: ReadonlyMap<string, Listing<AvailableTable>>,
): Row[] {
  const rows: Row[] = [];
  for (const source of sources) {
    const key = sourceKey(source.id);
    const open = expanded.has(key);
    rows.push({ kind: "source", key, level: 1, source, expanded: open });
    if (!open) continue;
    const listing = databases.get(key);
    for (const database of listing?.items ?? []) pushDatabase(rows, source, database, expanded, tables);
    rows.push(...note(key, 2, listing));
  }
  return rows;
}

function pushDatabase(
  rows: Row[],
  source: Source,
  database: AvailableDatabase,
  expanded: ReadonlySet<string>,
  tables: ReadonlyMap<string, Listing<AvailableTable>>,
): void {
  const key = databaseKey(source.id, database.database_name);
  const open = expanded.has(key);
  rows.push({ kind: "database", key, level: 2, source, database, expanded: open });
  if (!open) return;
  const listing = tables.get(key);
  for (const table of listing?.items ?? []) {
    const tableKey = `${key}/${table.table_schema}/${table.table_name}`;
    rows.push({ kind: "table", key: tableKey, level: 3, source, database, table });
  }
  rows.push(...note(key, 3, listing));
}
