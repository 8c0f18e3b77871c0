import type { MoreRows } from "./data-table";

interface InfiniteLike {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** What a `DataTable` needs of an infinite query to read on. */
export function moreOf(query: InfiniteLike): MoreRows {
  return {
    hasMore: query.hasNextPage,
    loading: query.isFetchingNextPage,
    load: () => void query.fetchNextPage(),
  };
}
