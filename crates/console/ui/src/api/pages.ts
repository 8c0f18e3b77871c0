interface CursorPage<T> {
  items: T[];
  next_cursor?: string | null;
}

/** For `useInfiniteQuery`: how the next page is found. */
export const NEXT_CURSOR = {
  pageParamName: "cursor",
  initialPageParam: null,
  getNextPageParam: (page: { next_cursor?: string | null }) => page.next_cursor ?? undefined,
} as const;

/** The options of an infinite query over a list with cursors. */
export function cursorPages<Extra extends object>(extra?: Extra) {
  return { ...NEXT_CURSOR, ...(extra as Extra) };
}

/** All rows of the pages that have been read. */
export function flatPages<T>(data: { pages: CursorPage<T>[] } | undefined): T[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}
