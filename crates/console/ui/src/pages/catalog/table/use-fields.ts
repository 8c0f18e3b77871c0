// All columns of a table. Servers allow a few thousand at most, so that they are read to the end.
import { useEffect, useMemo } from "react";
import { $meta, flatPages } from "../../../api";
import { PAGE_MAX, pages } from "../paging";

export function useFields(tableId: number) {
  const query = $meta.useInfiniteQuery(
    "get",
    "/api/metadata/fields",
    { params: { query: { table_id: tableId, limit: PAGE_MAX } } },
    pages,
  );
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, data } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  const fields = useMemo(() => flatPages(data), [data]);
  return { query, fields, isComplete: data !== undefined && !hasNextPage };
}
