import { useEffect, useRef, useSyncExternalStore } from "react";

import { jobFeed, type Job, type JobListener } from "../api";
import { useRefreshWork } from "./use-refresh-work";

/** Listens to the stream of all jobs while `wanted`; answers whether it is there. */
export function useFeed(listener: JobListener, wanted = true): boolean {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    if (!wanted) return;
    return jobFeed.listen({
      onJob: (job, before) => latest.current.onJob?.(job, before),
      onOpen: () => latest.current.onOpen?.(),
    });
  }, [wanted]);
  return useIsStreaming() && wanted;
}

/** Whether the stream is there, which it is while anybody listens to it. */
export function useIsStreaming(): boolean {
  return useSyncExternalStore(jobFeed.watch, jobFeed.isOpen);
}

/** How often at most what shows jobs is read anew because one of them changed. */
const AT_MOST_EVERY = 1_000;

/** Reads anew what shows jobs or pipelines whenever one begins, goes on to another state, or ends. */
export function useFeedRefresh(onJob?: (job: Job) => void): boolean {
  const refresh = useRefreshWork();
  const seen = useRef(new Map<string, string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useFeed({
    onJob: (job) => {
      onJob?.(job);
      if (seen.current.get(job.id) === job.status) return;
      seen.current.set(job.id, job.status);
      if (timer.current !== undefined) return;
      timer.current = setTimeout(() => {
        timer.current = undefined;
        refresh();
      }, AT_MOST_EVERY);
    },
  });
}
