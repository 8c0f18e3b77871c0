import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { $manager, $meta, cursorPages } from "../../api";
import { useFeedRefresh } from "../../work";

const WHILE_SYNCING = 2_000;
const AT_REST = 60_000;

/** The data sources by name, read again and again while one of them is being read. */
export function useSources() {
  useFeedRefresh();
  return $manager.useInfiniteQuery(
    "get",
    "/api/manager/datasources",
    { params: { query: { limit: 100 } } },
    cursorPages({
      refetchInterval: (query: { state: { data?: { pages: { items: { sync_status: string }[] }[] } } }) => {
        const sources = query.state.data?.pages.flatMap((page) => page.items) ?? [];
        return sources.some(isBusy) ? WHILE_SYNCING : AT_REST;
      },
    }),
  );
}

export function isBusy(source: { sync_status: string }): boolean {
  return source.sync_status === "pending" || source.sync_status === "syncing";
}

export function useSource(id: number) {
  useFeedRefresh();
  return $meta.useQuery(
    "get",
    "/api/metadata/datasources/{id}",
    { params: { path: { id } } },
    { refetchInterval: (query) => (query.state.data && isBusy(query.state.data) ? WHILE_SYNCING : AT_REST) },
  );
}

const LISTS = ["/api/manager/datasources", "/api/metadata/datasources", "/api/metadata/overview"];
const OF_ONE = [
  "/api/metadata/datasources/{id}",
  "/api/metadata/databases",
  "/api/metadata/sync-logs",
  "/api/metadata/schedules",
];

/** Has everything that shows sources read anew. */
export function useRefreshSources(): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    for (const path of [...LISTS, ...OF_ONE]) void client.invalidateQueries({ queryKey: ["get", path] });
  }, [client]);
}

/** The same after a source has been deleted, whose own page is about to go and must not ask for it again. */
export function useForgetSource(): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    for (const path of LISTS) void client.invalidateQueries({ queryKey: ["get", path] });
    for (const path of OF_ONE) void client.invalidateQueries({ queryKey: ["get", path], refetchType: "none" });
  }, [client]);
}
