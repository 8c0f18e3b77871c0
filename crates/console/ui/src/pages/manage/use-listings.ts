import { useQueries } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";

import { $manager } from "../../api";
import { type Listing, databaseKey, sourceKey } from "./rows";
import type { AvailableDatabase, AvailableTable } from "./types";

const PAGE = 500;

/** A list that is wanted: the databases of a source, or the tables of a database. */
interface Wanted {
  key: string;
  source: number;
  database?: string;
}

interface Part {
  key: string;
  result: {
    data: { next_cursor?: string | null } | undefined;
    error: unknown;
    isPending: boolean;
  };
}

/** Which pages of each list are wanted, by the cursors that lead to them. */
function useCursors() {
  const [cursors, setCursors] = useState<ReadonlyMap<string, readonly string[]>>(new Map());
  const add = useCallback((list: string, cursor: string) => {
    setCursors((before) => {
      const known = before.get(list) ?? [];
      return known.includes(cursor) ? before : new Map(before).set(list, [...known, cursor]);
    });
  }, []);
  const reset = useCallback(() => setCursors(new Map()), []);
  return { cursors, add, reset };
}

function collect<T>(parts: Part[], itemsOf: (data: never) => T[]): Map<string, Listing<T>> {
  const listings = new Map<string, Listing<T>>();
  for (const { key, result } of parts) {
    const listing = listings.get(key) ?? { items: [], nextCursor: null, loading: false, error: null };
    if (result.data) {
      for (const item of itemsOf(result.data as never)) listing.items.push(item);
      listing.nextCursor = result.data.next_cursor ?? null;
    } else {
      listing.nextCursor = null;
    }
    listing.loading = result.isPending;
    listing.error = result.data ? null : (result.error ?? null);
    listings.set(key, listing);
  }
  return listings;
}

export interface Filters {
  database: string;
  table: string;
}

/** The lists below what is expanded, page by page; filters are the server's work. */
export function useListings(sources: readonly number[], databases: readonly Wanted[], filters: Filters) {
  const { cursors, add, reset } = useCursors();
  const q = { database: filters.database, table: filters.table };

  const databasePages = sources.flatMap((source) => {
    const key = sourceKey(source);
    const list = `${key}?${q.database}`;
    return [undefined, ...(cursors.get(list) ?? [])].map((cursor) => ({ key, list, source, cursor }));
  });
  const tablePages = databases.flatMap((wanted) => {
    const list = `${wanted.key}?${q.table}`;
    return [undefined, ...(cursors.get(list) ?? [])].map((cursor) => ({ ...wanted, list, cursor }));
  });

  const databaseResults = useQueries({
    queries: databasePages.map(({ source, cursor }) =>
      $manager.queryOptions("get", "/api/manager/datasources/{id}/available-databases", {
        params: {
          path: { id: source },
          query: { limit: PAGE, ...(q.database ? { q: q.database } : {}), ...(cursor ? { cursor } : {}) },
        },
      }),
    ),
  });
  const tableResults = useQueries({
    queries: tablePages.map(({ source, database, cursor }) =>
      $manager.queryOptions("get", "/api/manager/datasources/{id}/databases/{database}/available-tables", {
        params: {
          path: { id: source, database: database ?? "" },
          query: { limit: PAGE, ...(q.table ? { q: q.table } : {}), ...(cursor ? { cursor } : {}) },
        },
      }),
    ),
  });

  const stamp = [...databaseResults, ...tableResults]
    .map((result) => `${result.dataUpdatedAt}${result.status}${result.fetchStatus}`)
    .join();
  const wanted = [...databasePages, ...tablePages].map((page) => `${page.list}${page.cursor ?? ""}`).join("\n");
  // The results are other objects at each turn; what they hold changes with these two texts.
  const listings = useMemo(() => {
    const part = <P extends { key: string }, R>(pages: P[], results: R[]) =>
      pages.flatMap((page, at) => (results[at] ? [{ key: page.key, result: results[at] as never }] : []));
    return {
      databases: collect<AvailableDatabase>(part(databasePages, databaseResults), databasesOf),
      tables: collect<AvailableTable>(part(tablePages, tableResults), tablesOf),
    };
  }, [stamp, wanted]);

  /** Reads the next page of a list, or what could not be read. */
  function more(key: string) {
    const listing = listings.databases.get(key) ?? listings.tables.get(key);
    const isSource = listings.databases.has(key);
    if (listing?.error) {
      for (const [at, page] of databasePages.entries()) if (page.key === key) void databaseResults[at]?.refetch();
      for (const [at, page] of tablePages.entries()) if (page.key === key) void tableResults[at]?.refetch();
    } else if (listing?.nextCursor) {
      add(`${key}?${isSource ? q.database : q.table}`, listing.nextCursor);
    }
  }

  return { ...listings, more, reset };
}

function databasesOf(data: { databases: AvailableDatabase[] }): AvailableDatabase[] {
  return data.databases;
}

function tablesOf(data: { tables: AvailableTable[] }): AvailableTable[] {
  return data.tables;
}

/** The databases among these keys of expanded rows whose source is expanded too. */
export function wantedOf(expanded: ReadonlySet<string>, sources: readonly number[]): Wanted[] {
  const wanted: Wanted[] = [];
  for (const key of expanded) {
    const slash = key.indexOf("/");
    if (slash < 0) continue;
    const source = Number(key.slice(1, slash));
    const database = key.slice(slash + 1);
    if (sources.includes(source)) wanted.push({ key: databaseKey(source, database), source, database });
  }
  return wanted;
}
