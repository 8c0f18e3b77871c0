import { useEffect, useRef, useState } from "react";

import { $meta, asProblem } from "../api";
import { isActive, type Job, type JobDetails } from "./types";
import { useFeed, useIsStreaming } from "./use-feed";

/** While there is no stream a job is asked for often; with it now and then, should something have passed unheard. */
const WITHOUT_STREAM = 3_000;
const WITH_STREAM = 15_000;

/** Whether more is to be heard of a job of which this is known; null is no error. */
function mayGoOn(job: JobDetails | undefined, error: unknown): boolean {
  if (job !== undefined) return isActive(job.status);
  return error === null || asProblem(error).status !== 404;
}

/** A job with its attempts, kept up to date by the stream of all jobs until it ends. Nothing is asked for null. */
export function useJob(id: string | null) {
  const [told, setTold] = useState<Job>();
  const streams = useIsStreaming();
  const query = $meta.useQuery(
    "get",
    "/api/metadata/jobs/{id}",
    { params: { path: { id: id ?? "" } } },
    {
      enabled: id !== null,
      refetchInterval: ({ state }) => {
        if (!mayGoOn(state.data, state.error)) return false;
        return streams ? WITH_STREAM : WITHOUT_STREAM;
      },
    },
  );
  const { data: asked, error, refetch } = query;

  useFeed(
    {
      onJob: (job) => {
        if (job.id === id) setTold(job);
      },
      // It may have ended before the stream began.
      onOpen: () => void refetch(),
    },
    id !== null && mayGoOn(asked, error),
  );

  const job = asked !== undefined && told?.id === asked.id && told.version > asked.version ? { ...asked, ...told } : asked;
  // Its attempts and how it ended are not in events.
  const lacksDetails = job?.status !== asked?.status || job?.attempt !== asked?.attempt;
  useEffect(() => {
    if (lacksDetails) void refetch();
  }, [lacksDetails, refetch]);
  return { ...query, data: job };
}

/** The same, of which only the newest state is wanted. `onEnd` is called once, with the state in which the job ended. */
export function useLiveJob(id: string | null, onEnd?: (job: JobDetails) => void): JobDetails | undefined {
  const { data: job } = useJob(id);
  const told = useRef<string>(undefined);
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  });
  useEffect(() => {
    if (job === undefined || isActive(job.status) || told.current === job.id) return;
    told.current = job.id;
    end.current?.(job);
  }, [job]);
  return job;
}
