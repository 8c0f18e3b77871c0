import { $meta } from "../../api";
import { isActive, useFeedRefresh, type Overview } from "../../work";

/** With the stream of jobs it is read anew when one changes; this is for what no job tells. */
const AT_REST = 30_000;
const WHILE_ACTIVE = 3_000;

function somethingRuns(overview: Overview | undefined): boolean {
  return (
    overview?.pipelines.some((pipeline) => pipeline.last_jobs.some((job) => isActive(job.status))) === true ||
    overview?.sources.some((source) => Boolean(source.active_job_id)) === true
  );
}

/** The overview, read again by itself when a job changes; without the stream of jobs often while something runs. */
export function useOverview() {
  const streams = useFeedRefresh();
  return $meta.useQuery("get", "/api/metadata/overview", undefined, {
    refetchInterval: (query) => {
      const isBusy = !streams && somethingRuns(query.state.data as Overview | undefined);
      return isBusy ? WHILE_ACTIVE : AT_REST;
    },
    refetchOnWindowFocus: true,
  });
}
