import { useCallback, useMemo, useState } from "react";

import { useSession } from "../../session";
import { flatten, sourceKey, type DatabaseRow, type Row, type TableRow } from "./rows";
import { toggle, type Selection } from "./selection";
import type { ManagedObject, Source } from "./types";
import { type Filters, useListings, wantedOf } from "./use-listings";
import { useObjects } from "./use-objects";

/** The tree of sources, databases and tables, with what is expanded and ticked in it. */
export function useTree(sources: readonly Source[], first: number | null, filters: Filters) {
  const { can } = useSession();
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => new Set(first === null ? [] : [sourceKey(first)]));
  const [selection, setSelection] = useState<Selection>(new Map());
  const [released, release] = useState<ManagedObject | null>(null);
  const [progress, setProgress] = useState<ReadonlyMap<number, number | null>>(new Map());

  const open = sources.filter((source) => expanded.has(sourceKey(source.id))).map((source) => source.id);
  const { objects, error } = useObjects(open);
  const { databases, tables, more, reset } = useListings(open, wantedOf(expanded, open), filters);
  const rows = useMemo(() => flatten(sources, expanded, databases, tables), [sources, expanded, databases, tables]);

  const expand = useCallback((key: string, on: boolean) => {
    setExpanded((before) => {
      const next = new Set(before);
      if (on) next.add(key);
      else next.delete(key);
      return next;
    });
  }, []);
  const tick = useCallback((row: DatabaseRow | TableRow) => setSelection((before) => toggle(before, row)), []);
  const report = useCallback((scanId: number, value: number | null) => {
    setProgress((before) => (before.get(scanId) === value ? before : new Map(before).set(scanId, value)));
  }, []);
  const progressOf = (object: ManagedObject | undefined) =>
    object?.scan_id == null ? undefined : progress.get(object.scan_id);

  return {
    /** The row that the page opens with. */
    first: first === null ? null : sourceKey(first),
    /** What the filters ask for, as one text. */
    filter: `${filters.database}/${filters.table}`,
    rows: rows as readonly Row[],
    objects,
    objectsError: error,
    selection,
    setSelection,
    expand,
    tick,
    more,
    /** Lists begin anew at their first page, as where a live list has become that of the catalog. */
    reset,
    report,
    progressOf,
    released,
    release,
    canManage: can("operator"),
  };
}

export type Tree = ReturnType<typeof useTree>;
