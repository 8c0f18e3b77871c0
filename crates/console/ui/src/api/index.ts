import createClient from "openapi-fetch";
import createQueryClient from "openapi-react-query";
import type { components as ManagerComponents, paths as ManagerPaths } from "./manager";
import type { components as MetaComponents, paths as MetaPaths } from "./meta";
import { send } from "./send";

/** The shapes of each API by name: `Meta["Job"]`, `Manager["ManagedObject"]`. */
export type Meta = MetaComponents["schemas"];
export type Manager = ManagerComponents["schemas"];

const options = { baseUrl: globalThis.location.origin, fetch: (request: Request) => send(request) };

/** The clients. Manager passes on what is meta's, so both have the origin of the page. */
export const meta = createClient<MetaPaths>(options);
export const manager = createClient<ManagerPaths>(options);

/** The same as queries and mutations of TanStack Query. */
export const $meta = createQueryClient(meta);
export const $manager = createQueryClient(manager);

export { getCredential } from "./credential";
export { asProblem, ProblemError, UNREACHABLE } from "./problem";
export type { ProblemDocument } from "./problem";
export { cursorPages, flatPages, NEXT_CURSOR } from "./pages";
export { idempotencyKey } from "./idempotency";
export { queryClient } from "./query-client";
export { isActive, jobFeed } from "./job-feed";
export type { Job, JobListener } from "./job-feed";
export { send } from "./send";
