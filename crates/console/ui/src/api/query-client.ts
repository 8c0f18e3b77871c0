import { QueryClient } from "@tanstack/react-query";
import { ProblemError } from "./problem";

const MOST_RETRIES = 2;

/** What may pass by itself is tried again; what has been refused is not. */
function mayPass(count: number, error: unknown): boolean {
  if (count >= MOST_RETRIES) return false;
  if (!(error instanceof ProblemError)) return false;
  return error.status === 0 || error.status === 502 || error.status === 503 || error.status === 504;
}

/** Keeps what was read while pages come and go; what is shown again is read anew behind it. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: mayPass, staleTime: 5_000, gcTime: 10 * 60_000 },
    mutations: { retry: false },
  },
});
