import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";

import { $meta, useJobEvents } from "../../api";
import { isActive, useRefreshWork, type Job, type JobDetails } from "../../work";

/** One run with its attempts, kept up to date by its event stream until it ends. */
export function useJob(id: string) {
  const client = useQueryClient();
  const refresh = useRefreshWork();
  const init = { params: { path: { id } } };
  const query = $meta.useQuery("get", "/api/metadata/jobs/{id}", init);
  const { queryKey } = $meta.queryOptions("get", "/api/metadata/jobs/{id}", init);
  const key = useRef(queryKey);
  useEffect(() => {
    key.current = queryKey;
  });

  const take = useCallback(
    (state: Job) => {
      const before = client.getQueryData<JobDetails>(key.current);
      if (before === undefined || before.version > state.version) return;
      client.setQueryData<JobDetails>(key.current, { ...before, ...state });
      // A new attempt, or the end of one, is among the attempts, which events do not have.
      if (before.attempt !== state.attempt || before.status !== state.status) {
        void client.invalidateQueries({ queryKey: key.current, exact: true });
        if (!isActive(state.status)) refresh();
      }
    },
    [client, refresh],
  );
  const active = query.data !== undefined && isActive(query.data.status);
  useJobEvents(active ? id : null, take);
  return query;
}
