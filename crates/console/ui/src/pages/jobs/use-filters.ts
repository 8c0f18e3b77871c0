import { useSearchParams } from "react-router";

/** How far back the list goes. */
export const SPANS = { "1h": 3_600, "24h": 86_400, "7d": 604_800, "30d": 2_592_000 } as const;
export type Span = keyof typeof SPANS;

export interface Filters {
  type: string;
  status: string;
  scope: string;
  since: Span | "";
}

const STATUSES = ["QUEUED", "RUNNING", "SUCCESS", "PARTIAL", "FAILED", "CANCELLED"];

function isSpan(word: string): word is Span {
  return Object.hasOwn(SPANS, word);
}

/** The moment at which a span begins; to the minute, so that it means the same for a while. */
export function sinceOf(span: Span | "", now: number): string | undefined {
  if (span === "") return undefined;
  const minute = Math.floor(now / 60_000) * 60_000;
  return new Date(minute - SPANS[span] * 1000).toISOString();
}

/** What the address asks for; a word that means nothing is left out. */
export function readFilters(params: URLSearchParams): Filters {
  const status = params.get("status") ?? "";
  const since = params.get("since") ?? "";
  return {
    type: params.get("type") ?? "",
    status: STATUSES.includes(status) ? status : "",
    scope: params.get("scope") ?? "",
    since: isSpan(since) ? since : "",
  };
}

/** The filters of the list are kept in the address, so that it can be sent to somebody and comes back with the page. */
export function useFilters() {
  const [params, setParams] = useSearchParams();
  const filters = readFilters(params);

  function change(part: Partial<Filters>) {
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(part)) {
          if (value === "") next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  }

  return {
    filters,
    change,
    clear: () => setParams(new URLSearchParams(), { replace: true }),
    isFiltered: Object.values(filters).some((value) => value !== ""),
  };
}
