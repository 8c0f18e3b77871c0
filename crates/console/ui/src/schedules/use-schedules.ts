import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { $manager, $meta, asProblem, cursorPages, flatPages } from "../api";
import type { Schedule } from "./types";

/** The schedules of one source, or of all. */
export function useSchedules(sourceId: number | undefined) {
  const query = { limit: 200, ...(sourceId === undefined ? {} : { resource_id: sourceId }) };
  return $meta.useInfiniteQuery(
    "get",
    "/api/metadata/schedules",
    { params: { query } },
    cursorPages({ refetchInterval: 30_000 }),
  );
}

/** The names of the sources by their ids, for lists that have the ids alone. */
export function useSourceNames(wanted: boolean) {
  const query = $manager.useInfiniteQuery(
    "get",
    "/api/manager/datasources",
    { params: { query: { limit: 500 } } },
    cursorPages({ enabled: wanted }),
  );
  return useMemo(
    () => new Map(flatPages(query.data).map((source) => [source.id, source.datasource_name])),
    [query.data],
  );
}

export function useRefreshSchedules(): () => void {
  const client = useQueryClient();
  return useCallback(
    () => void client.invalidateQueries({ queryKey: ["get", "/api/metadata/schedules"] }),
    [client],
  );
}

/** Lets a schedule rest, or wakes it. */
export function usePauseSchedule() {
  const { t } = useTranslation("schedules");
  const refresh = useRefreshSchedules();
  const update = $meta.useMutation("patch", "/api/metadata/schedules/{id}");
  return async (schedule: Schedule, paused: boolean) => {
    try {
      await update.mutateAsync({ params: { path: { id: schedule.id } }, body: { paused } });
    } catch (error) {
      notifications.show({
        color: "red",
        title: paused ? t("pauseFailed") : t("resumeFailed"),
        message: asProblem(error).message,
      });
    }
    refresh();
  };
}
