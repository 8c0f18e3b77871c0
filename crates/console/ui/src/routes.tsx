import { type ComponentType, lazy } from "react";
import { createBrowserRouter, type RouteObject } from "react-router";
import { NotFound } from "./shell/not-found";
import { Shell } from "./shell/shell";

type Load = () => Promise<{ default: ComponentType }>;

function page(path: string, load: Load): RouteObject {
  return { path, Component: lazy(load) };
}

/** A chunk for each page, loaded when it is opened. */
const pages: RouteObject[] = [
  page("/", () => import("./pages/overview")),
  page("/sources", () => import("./pages/sources")),
  page("/sources/:id", () => import("./pages/sources")),
  page("/manage", () => import("./pages/manage")),
  page("/catalog/*", () => import("./pages/catalog")),
  page("/search", () => import("./pages/search")),
  page("/jobs", () => import("./pages/jobs")),
  page("/jobs/:id", () => import("./pages/jobs")),
  page("/history", () => import("./pages/history")),
  page("/pipelines", () => import("./pages/pipelines")),
  page("/pipelines/:id", () => import("./pages/pipelines")),
  page("/settings/*", () => import("./pages/settings")),
];

export const router = createBrowserRouter([
  { Component: Shell, children: [...pages, { path: "*", Component: NotFound }] },
]);
