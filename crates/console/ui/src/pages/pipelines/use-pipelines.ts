import { $meta, cursorPages } from "../../api";
import { isActive, useFeedRefresh, type PipelineStatus } from "../../work";

const WHILE_ACTIVE = 3_000;
const AT_REST = 30_000;

function runs(pipeline: Pick<PipelineStatus, "last_jobs">): boolean {
  return pipeline.last_jobs.some((job) => isActive(job.status));
}

interface Read {
  state: { data?: { pages: { items: Pick<PipelineStatus, "last_jobs">[] }[] } };
}

/** The pipelines by name, read again when a job changes, and without the stream of jobs often while one runs. */
export function usePipelines() {
  const streams = useFeedRefresh();
  return $meta.useInfiniteQuery(
    "get",
    "/api/metadata/pipelines",
    { params: { query: { limit: 50 } } },
    cursorPages({
      refetchInterval: (query: Read) =>
        !streams && query.state.data?.pages.some((page) => page.items.some(runs)) ? WHILE_ACTIVE : AT_REST,
    }),
  );
}

/** One pipeline. */
export function usePipeline(id: number) {
  const streams = useFeedRefresh();
  return $meta.useQuery(
    "get",
    "/api/metadata/pipelines/{id}",
    { params: { path: { id } } },
    { refetchInterval: (query) => (!streams && query.state.data && runs(query.state.data) ? WHILE_ACTIVE : AT_REST) },
  );
}
