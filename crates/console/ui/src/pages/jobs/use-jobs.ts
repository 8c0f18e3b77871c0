import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

import { $meta, cursorPages } from "../../api";
import { isActive, useFeedRefresh, type Job, type JobStatus } from "../../work";
import { sinceOf, type Filters } from "./use-filters";

const WHILE_ACTIVE = 2_000;
const AT_REST = 10_000;
// Reading a list again reads all of its pages that are open: a long one is read less often.
const LONG = 4;
const LONG_LIST = 30_000;

interface Pages {
  pages: { items: Job[] }[];
}

interface Read {
  state: { data?: Pages };
}

/** The pages with the newer state of a job in them; the same where none of them has it, or has a newer one. */
export function withJob<Data extends Pages>(data: Data | undefined, job: Job): Data | undefined {
  if (!data?.pages?.some((page) => page.items.some((row) => row.id === job.id && row.version < job.version))) return data;
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.map((row) => (row.id === job.id && row.version < job.version ? job : row)),
  }));
  return { ...data, pages };
}

function interval(query: Read, streams: boolean): number {
  const pages = query.state.data?.pages ?? [];
  if (streams) return LONG_LIST;
  if (pages.length > LONG) return LONG_LIST;
  return pages.some((page) => page.items.some((job) => isActive(job.status))) ? WHILE_ACTIVE : AT_REST;
}

/** All runs of a data source or pipeline, whichever part of it they work on; else those of the very scope. */
export function scopeQuery(scope: string): { scope?: string; resource_id?: number; pipeline_id?: number } {
  const [, kind, id] = /^(datasource|pipeline):(\d{1,15})$/.exec(scope) ?? [];
  if (kind === "datasource") return { resource_id: Number(id) };
  if (kind === "pipeline") return { pipeline_id: Number(id) };
  return scope === "" ? {} : { scope };
}

/** The runs that the filters ask for, newest first; those that change are told by the stream of jobs. */
export function useJobs(filters: Filters) {
  const since = useMemo(() => sinceOf(filters.since, Date.now()), [filters.since]);
  const init = {
    params: {
      query: {
        limit: 100,
        ...(filters.type === "" ? {} : { type: filters.type }),
        ...(filters.status === "" ? {} : { status: filters.status as JobStatus }),
        ...scopeQuery(filters.scope),
        ...(since === undefined ? {} : { since }),
      },
    },
  };
  const client = useQueryClient();
  const streams = useFeedRefresh((job) => {
    // Rows that are shown change at once; what begins or ends may belong elsewhere, so that the list is read anew.
    client.setQueriesData<Pages>({ queryKey: ["get", "/api/metadata/jobs"] }, (data) => withJob(data, job));
  });
  return $meta.useInfiniteQuery(
    "get",
    "/api/metadata/jobs",
    init,
    cursorPages({ refetchInterval: (query: Read) => interval(query, streams) }),
  );
}
