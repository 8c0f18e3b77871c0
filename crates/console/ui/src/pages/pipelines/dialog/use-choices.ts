import { useDebouncedValue } from "@mantine/hooks";
import { useMemo, useState } from "react";

import { $meta, asProblem } from "../../../api";
import { tableName } from "../table-name";

const TYPING_MS = 250;
const SHOWN = 100;

function detail(error: unknown): string | undefined {
  return error === null || error === undefined ? undefined : asProblem(error).problem.detail;
}

/** What is typed into a list that the service filters; the text of what is chosen already asks for nothing. */
export function useTyped(chosen: string) {
  const [text, setText] = useState(chosen);
  const wanted = text === chosen ? "" : text.trim();
  const [q] = useDebouncedValue(wanted, TYPING_MS);
  return { text, setText, q };
}

export function useSources() {
  const query = $meta.useQuery("get", "/api/metadata/datasources", { params: { query: { limit: 500 } } });
  const sources = useMemo(
    () => query.data?.items.map((one) => ({ value: String(one.id), label: one.datasource_name })) ?? [],
    [query.data],
  );
  return { sources, problem: detail(query.error) };
}

export function useDatabases(source: string | null, q: string) {
  const query = $meta.useQuery(
    "get",
    "/api/metadata/databases",
    { params: { query: { resource_id: Number(source ?? 0), limit: SHOWN, ...(q === "" ? {} : { q }) } } },
    { enabled: source !== null },
  );
  const databases = useMemo(() => query.data?.items.map((one) => one.database_name) ?? [], [query.data]);
  return { databases, problem: detail(query.error) };
}

/** The id by which the catalog knows a database; undefined until it is known. */
export function useDatabaseId(source: string | null, database: string | null): number | undefined {
  const query = $meta.useQuery(
    "get",
    "/api/metadata/databases",
    { params: { query: { resource_id: Number(source ?? 0), name: database ?? "", limit: 1 } } },
    { enabled: source !== null && database !== null },
  );
  return source === null || database === null ? undefined : query.data?.items[0]?.id;
}

export function useTables(databaseId: number | undefined, typed: string) {
  // The service compares names without their schema, which is typed by who has seen it in the list.
  const q = typed.slice(typed.lastIndexOf(".") + 1);
  const query = $meta.useQuery(
    "get",
    "/api/metadata/tables",
    { params: { query: { database_id: databaseId ?? 0, limit: SHOWN, ...(q === "" ? {} : { q }) } } },
    { enabled: databaseId !== undefined },
  );
  const tables = useMemo(
    () => query.data?.items.map((one) => ({ value: String(one.id), label: tableName(one) })) ?? [],
    [query.data],
  );
  return { tables, problem: detail(query.error) };
}

/** The names of a table's columns, to be proposed as one types. */
export function useColumnNames(table: string | null): string[] {
  const query = $meta.useQuery(
    "get",
    "/api/metadata/fields",
    { params: { query: { table_id: Number(table ?? 0), limit: 500 } } },
    { enabled: table !== null },
  );
  return useMemo(() => [...new Set(query.data?.items.map((one) => one.field_name))], [query.data]);
}
