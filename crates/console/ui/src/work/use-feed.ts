import { useEffect, useRef, useSyncExternalStore } from "react";

import { jobFeed, type Job } from "../api";
import { useRefreshWork } from "./use-refresh-work";

/** Calls with each state of each job while `wanted`; answers whether the stream is there. */
export function useFeed(onJob: (job: Job) => void, wanted = true): boolean {
  const latest = useRef(onJob);
  useEffect(() => {
    latest.current = onJob;
  });
  useEffect(() => (wanted ? jobFeed.listen({ onJob: (job) => latest.current(job) }) : undefined), [wanted]);
  return useSyncExternalStore(jobFeed.watch, jobFeed.isOpen) && wanted;
}

/** How often at most what shows jobs is read anew because one of them changed. */
const AT_MOST_EVERY = 1_000;

/** Reads anew what shows jobs or pipelines whenever one begins, goes on to another state, or ends. */
export function useFeedRefresh(onJob?: (job: Job) => void): boolean {
  const refresh = useRefreshWork();
  const seen = useRef(new Map<string, string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useFeed((job) => {
    onJob?.(job);
    if (seen.current.get(job.id) === job.status) return;
    seen.current.set(job.id, job.status);
    if (timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      refresh();
    }, AT_MOST_EVERY);
  });
}
