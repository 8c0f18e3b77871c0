import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

/** What shows jobs or what they make: as queries name it. */
const SHOWS_WORK = [
  "/api/metadata/overview",
  "/api/metadata/pipelines",
  "/api/metadata/pipelines/{id}",
  "/api/metadata/jobs",
  "/api/metadata/datasources",
  "/api/metadata/datasources/{id}",
  "/api/metadata/sync-logs",
  "/api/metadata/databases",
  "/api/manager/datasources",
] as const;

/** Reads anew whatever shows jobs or pipelines, since one of them has just changed. */
export function useRefreshWork(): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    for (const path of SHOWS_WORK) {
      void client.invalidateQueries({ queryKey: ["get", path] });
    }
  }, [client]);
}
