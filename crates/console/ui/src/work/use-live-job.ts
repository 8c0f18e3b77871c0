import { useCallback, useEffect, useRef, useState } from "react";

import { $meta } from "../api";
import { isActive, type Job } from "./types";
import { useFeed } from "./use-feed";

/** While there is no stream jobs are asked for often; with it now and then, for an end that came before it was open. */
const WITHOUT_STREAM = 3_000;
const WITH_STREAM = 15_000;

/**
 * The newest state of a job while it is active, by the stream of all jobs. `onEnd` is called once, with the state in which
 * the job ended.
 */
export function useLiveJob(jobId: string | null, onEnd?: (job: Job) => void): Job | undefined {
  const [job, setJob] = useState<Job>();
  const current = job !== undefined && job.id === jobId ? job : undefined;
  const ended = current !== undefined && !isActive(current.status);
  const wanted = jobId !== null && !ended;

  const told = useRef<string>(undefined);
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  });
  const take = useCallback((state: Job) => {
    setJob((before) => (before?.id === state.id && before.version > state.version ? before : state));
    if (!isActive(state.status) && told.current !== state.id) {
      told.current = state.id;
      end.current?.(state);
    }
  }, []);

  const streams = useFeed((state) => {
    if (state.id === jobId) take(state);
  }, wanted);
  const asked = $meta.useQuery(
    "get",
    "/api/metadata/jobs/{id}",
    { params: { path: { id: jobId ?? "" } } },
    { enabled: wanted, refetchInterval: streams ? WITH_STREAM : WITHOUT_STREAM },
  );
  useEffect(() => {
    if (asked.data !== undefined) take(asked.data);
  }, [asked.data, take]);

  return current;
}
