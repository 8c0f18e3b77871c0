import type { Job } from "../../work";

/** How long a run took, in seconds; undefined while it has not begun or not ended. */
export function secondsOf(job: Pick<Job, "started_at" | "completed_at">): number | undefined {
  if (!job.started_at || !job.completed_at) return undefined;
  return Math.max(0, (Date.parse(job.completed_at) - Date.parse(job.started_at)) / 1000);
}
