// By which right rows of a table may be looked at.
import { $manager } from "../../../api";
import { useSession } from "../../../session";
import type { Database, Table } from "../types";
import { managedBy } from "./selector";

export type Access =
  | { kind: "loading" }
  | { kind: "error"; error: unknown; retry: () => void }
  /** Through what is managed; `named` where that is the whole database. */
  | { kind: "managed"; objectId: number; named: boolean }
  /** Administrators see rows of any table. */
  | { kind: "admin" }
  | { kind: "none" };

/** Looks for the table among what is managed, and then for the database as a whole. */
export function useAccess(table: Table, database: Database): Access {
  const session = useSession();
  const ask = (q: string) => ({ params: { query: { resource_id: database.datasource_id, q, limit: 500 } } });
  const ofTable = $manager.useQuery("get", "/api/manager/managed-objects", ask(table.table_name));
  const found = managedBy(ofTable.data?.items ?? [], database.database_name, table);
  const ofDatabase = $manager.useQuery("get", "/api/manager/managed-objects", ask(database.database_name), {
    enabled: ofTable.isSuccess && !found,
  });
  const object = found ?? managedBy(ofDatabase.data?.items ?? [], database.database_name, table);
  if (object) return { kind: "managed", objectId: object.id, named: object.table == null };
  for (const query of [ofTable, ofDatabase]) {
    if (query.isError) return { kind: "error", error: query.error, retry: () => void query.refetch() };
    if (query.isPending) return { kind: "loading" };
  }
  return session.can("admin") ? { kind: "admin" } : { kind: "none" };
}
