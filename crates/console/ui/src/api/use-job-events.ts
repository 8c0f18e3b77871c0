import { useEffect, useRef } from "react";
import { followJob, type Job } from "./job-feed";

/** Calls `onState` with each state of a job, the present one first. None for null. */
export function useJobEvents(jobId: string | null | undefined, onState: (job: Job) => void): void {
  const latest = useRef(onState);
  useEffect(() => {
    latest.current = onState;
  });
  useEffect(() => {
    if (!jobId) return;
    return followJob(jobId, (job) => latest.current(job));
  }, [jobId]);
}
