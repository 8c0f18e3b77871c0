import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";

import { manager } from "../../api";
import { isUnderWay, Objects } from "./objects";
import type { ManagedObject } from "./types";

const PAGE = 500;
const SOON = 2_000;
const LATER = 10_000;
/** From so many objects on, reading them all anew takes several requests. */
const MANY = 1_000;

const KEY = "managed-objects-of";

async function readAll(source: number, signal: AbortSignal): Promise<ManagedObject[]> {
  const all: ManagedObject[] = [];
  let cursor: string | undefined;
  do {
    const query = { resource_id: source, limit: PAGE, ...(cursor ? { cursor } : {}) };
    const { data } = await manager.GET("/api/manager/managed-objects", { params: { query }, signal });
    all.push(...(data?.items ?? []));
    cursor = data?.next_cursor ?? undefined;
  } while (cursor);
  return all;
}

function pace(objects: ManagedObject[] | undefined): number | false {
  if (!objects?.some(isUnderWay)) return false;
  return objects.length > MANY ? LATER : SOON;
}

/** All managed objects of these sources, read again and again while one of them waits or is scanned. */
export function useObjects(sources: readonly number[]) {
  const results = useQueries({
    queries: sources.map((source) => ({
      queryKey: [KEY, source],
      queryFn: ({ signal }: { signal: AbortSignal }) => readAll(source, signal),
      refetchInterval: (query: { state: { data?: ManagedObject[] | undefined } }) => pace(query.state.data),
    })),
  });
  const stamp = results.map((result) => result.dataUpdatedAt).join();
  const error = results.find((result) => result.error)?.error ?? null;
  // The results are other objects at each turn; `stamp` tells when what they hold is.
  const objects = useMemo(() => new Objects(results.flatMap((result) => result.data ?? [])), [stamp]);
  return { objects, error };
}

const PATHS = [
  "/api/manager/datasources",
  "/api/manager/managed-objects",
  "/api/manager/datasources/{id}/available-databases",
  "/api/manager/datasources/{id}/databases/{database}/available-tables",
];

/** Has everything on the page read anew. */
export function useRefreshManaged(): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    void client.invalidateQueries({ queryKey: [KEY] });
    for (const path of PATHS) void client.invalidateQueries({ queryKey: ["get", path] });
  }, [client]);
}
