import { useCallback } from "react";

import { $meta } from "../api";
import type { Job } from "./types";

type Scoped = Pick<Job, "target_scope">;

const AT_MOST = 500;
const FRESH_MS = 60_000;

export interface Names {
  sources: ReadonlyMap<string, string>;
  pipelines: ReadonlyMap<string, string>;
}

const NONE: ReadonlyMap<string, string> = new Map();

/** The names of the data sources and pipelines by their ids. */
export function useNames(): Names {
  const params = { params: { query: { limit: AT_MOST } } };
  const sources = $meta.useQuery("get", "/api/metadata/datasources", params, {
    staleTime: FRESH_MS,
    select: (page) => new Map(page.items.map((source) => [String(source.id), source.datasource_name])),
  });
  const pipelines = $meta.useQuery("get", "/api/metadata/pipelines", params, {
    staleTime: FRESH_MS,
    select: (page) => new Map(page.items.map((pipeline) => [String(pipeline.id), pipeline.name])),
  });
  return { sources: sources.data ?? NONE, pipelines: pipelines.data ?? NONE };
}

/** What a scope such as `pipeline:7` or `datasource:3/shop` is called; as it is where its name is not known. */
export function scopeName(scope: string, { sources, pipelines }: Names): string {
  const pipeline = /^pipeline:(\d+)$/.exec(scope)?.[1];
  if (pipeline !== undefined) return pipelines.get(pipeline) ?? scope;
  const [, source, inside] = /^datasource:(\d+)(?:\/(.*))?$/s.exec(scope) ?? [];
  const name = source === undefined ? undefined : sources.get(source);
  if (name === undefined) return scope;
  return inside === undefined ? name : `${name} / ${inside}`;
}

/** Says what a job works on, by the names that people gave. */
export function useScopeName(): (job: Scoped) => string {
  const { sources, pipelines } = useNames();
  return useCallback((job: Scoped) => scopeName(job.target_scope, { sources, pipelines }), [sources, pipelines]);
}
