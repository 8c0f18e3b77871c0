import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { Loading } from "./loading";
import { Problem } from "./problem";
import { StaleNote } from "./stale-note";

/** What is needed of a query of TanStack Query. */
interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

interface QueryStateProps<T> {
  query: QueryLike<T>;
  /** In place of the children where the data is `isEmpty`: no rows, unless it says otherwise. */
  empty?: ReactNode;
  isEmpty?: (data: T) => boolean;
  /** In place of the usual sign that something comes. */
  loading?: ReactNode;
  children: (data: T) => ReactNode;
}

function hasNothing(data: unknown): boolean {
  if (Array.isArray(data)) return data.length === 0;
  if (typeof data !== "object" || data === null) return false;
  if ("items" in data && Array.isArray(data.items)) return data.items.length === 0;
  if ("pages" in data && Array.isArray(data.pages)) return data.pages.every(hasNothing);
  return false;
}

/** Loading, an error, nothing, or the data; data that could not be read anew stays, with its age. */
export function QueryState<T>({ query, empty, isEmpty = hasNothing, loading, children }: QueryStateProps<T>) {
  const { data, error } = query;
  const retry = () => void query.refetch();
  if (data === undefined) {
    if (error) return <Problem error={error} retry={retry} />;
    return <>{loading ?? <Loading />}</>;
  }
  const content = empty !== undefined && isEmpty(data) ? empty : children(data);
  if (!error) return <>{content}</>;
  return (
    <Stack>
      <StaleNote at={query.dataUpdatedAt} error={error} retry={retry} />
      <div>{content}</div>
    </Stack>
  );
}
