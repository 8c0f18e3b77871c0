// Rows of a table, read from its server now. Each reading is recorded there, so none is repeated unasked.
import { $manager, $meta } from "../../../api";
import type { Preview, Table } from "../types";
import { selectorOf } from "./selector";
import type { Access } from "./use-access";

export interface Wanted {
  where: string;
  limit: number;
  columns: readonly string[];
}

const ONCE = {
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  refetchOnMount: false,
  retry: false,
} as const;

export function usePreview(table: Table, access: Access, wanted: Wanted) {
  const query = {
    limit: wanted.limit,
    ...(wanted.where === "" ? {} : { where: wanted.where }),
    ...(wanted.columns.length === 0 ? {} : { columns: wanted.columns.map(columnName).join(",") }),
  };
  const isManaged = access.kind === "managed";
  const managed = $manager.useQuery(
    "get",
    "/api/manager/managed-objects/{id}/preview",
    {
      params: {
        path: { id: isManaged ? access.objectId : 0 },
        query: { ...query, ...(isManaged && access.named ? { table: selectorOf(table) } : {}) },
      },
    },
    { ...ONCE, enabled: isManaged },
  );
  const direct = $meta.useQuery(
    "get",
    "/api/metadata/tables/{id}/preview",
    { params: { path: { id: table.id }, query } },
    { ...ONCE, enabled: access.kind === "admin" },
  );
  const { error, isFetching, dataUpdatedAt, refetch } = isManaged ? managed : direct;
  // JSON is the only form that is asked for here.
  const data = (isManaged ? managed.data : direct.data) as Preview | undefined;
  return { data, error, isFetching, dataUpdatedAt, refetch };
}

/** A name as the list of columns takes it: one with a comma, a quote or spaces at its ends stands in quotes. */
export function columnName(name: string): string {
  return /[",`]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
