// The words of the API that this page uses.
import type { Meta } from "../../api";

/** An entry that was found; the client of the API knows its highlights as lists of numbers. */
export type SearchItem = Omit<Meta["SearchHit"], "highlights"> & { highlights: { name?: Span[]; comment?: Span[] } };
export type SearchKind = Meta["SearchKind"];

export const KINDS = ["datasource", "database", "table", "field"] as const satisfies readonly SearchKind[];

/** From the first character that is meant to the one after the last, counted in code points. */
export type Span = readonly number[];
