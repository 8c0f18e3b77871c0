import { keepPreviousData } from "@tanstack/react-query";
import { $meta, cursorPages } from "../../api";
import type { SearchKind } from "./types";

const PAGE = 30;

export interface Asked {
  q: string;
  kind?: SearchKind;
  resource_id?: number;
}

/** What fits, best first. While one types, what was found before stays until there is something new. */
export function useSearch(asked: Asked) {
  return $meta.useInfiniteQuery(
    "get",
    "/api/metadata/search",
    { params: { query: { ...asked, limit: PAGE } } },
    cursorPages({ enabled: asked.q !== "", placeholderData: keepPreviousData }),
  );
}
