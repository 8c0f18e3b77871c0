import i18next from "i18next";
import { type ComponentType, lazy } from "react";
import { createBrowserRouter, type RouteObject } from "react-router";
import { NotFound } from "./shell/not-found";
import { Shell } from "./shell/shell";

interface PageFiles {
  paths: readonly string[];
  /** The files of words that it and what it is made of have. */
  words: readonly string[];
  load: () => Promise<{ default: ComponentType }>;
}

/** A chunk for each page, loaded when it is opened; by the names of their folders. */
export const PAGES: Record<string, PageFiles> = {
  overview: { paths: ["/"], words: ["overview", "work"], load: () => import("./pages/overview") },
  sources: {
    paths: ["/sources", "/sources/:id"],
    words: ["sources", "schedules", "work"],
    load: () => import("./pages/sources"),
  },
  manage: { paths: ["/manage"], words: ["manage", "work"], load: () => import("./pages/manage") },
  catalog: { paths: ["/catalog/*"], words: ["catalog", "work"], load: () => import("./pages/catalog") },
  search: { paths: ["/search"], words: ["search"], load: () => import("./pages/search") },
  jobs: { paths: ["/jobs", "/jobs/:id"], words: ["jobs", "work"], load: () => import("./pages/jobs") },
  history: { paths: ["/history"], words: ["history", "work"], load: () => import("./pages/history") },
  pipelines: {
    paths: ["/pipelines", "/pipelines/:id"],
    words: ["pipelines", "work"],
    load: () => import("./pages/pipelines"),
  },
  settings: { paths: ["/settings/*"], words: ["settings", "schedules"], load: () => import("./pages/settings") },
};

const pages: RouteObject[] = Object.values(PAGES).flatMap(({ paths, words, load }) => {
  // All at once: words that came later would hide what is there already until they are there as well.
  const Component = lazy(async () => {
    const [page] = await Promise.all([load(), i18next.loadNamespaces(words)]);
    return page;
  });
  return paths.map((path) => ({ path, Component }));
});

export const router = createBrowserRouter([
  { Component: Shell, children: [...pages, { path: "*", Component: NotFound }] },
]);
