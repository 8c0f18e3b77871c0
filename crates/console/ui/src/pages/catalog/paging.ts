// How the lists of the API go on from page to page.

interface Page {
  next_cursor?: string | null;
}

/** Options of an infinite query over a list. Null is no cursor, at either end: openapi-react-query makes 0 of undefined. */
export const pages = {
  initialPageParam: null as string | null,
  getNextPageParam: (last: Page | undefined): string | null => last?.next_cursor ?? null,
};

/** The most that a page of the API holds. */
export const PAGE_MAX = 500;
