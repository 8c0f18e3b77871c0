// Brings the selection into view: opens what holds it, and reads its level page by page until it is there.
import { useCallback, useEffect, useState } from "react";
import { ROOT } from "./flatten";
import type { TreeState } from "./use-tree";

export function useReveal(
  tree: TreeState,
  selected: string | null,
  /** Of a field: its table, which has to be open too. */
  table: string | undefined,
  ancestors: readonly string[],
  loading: boolean,
) {
  const [done, setDone] = useState<string | null>(null);
  const reveal = selected === done ? null : selected;
  const { expand, levels, rows } = tree;

  useEffect(() => {
    if (reveal === null || loading) return;
    expand(table ? [...ancestors, table] : ancestors);
  }, [reveal, loading, ancestors, table, expand]);

  useEffect(() => {
    if (reveal === null || loading || rows.some((row) => row.key === reveal)) return;
    const holders = [ROOT, ...ancestors, ...(table ? [table] : [])];
    const wanted = [...ancestors, ...(table ? [table] : []), reveal];
    // The first step of the way that is not among the rows is missing from the level above it.
    const missing = wanted.findIndex((id) => !rows.some((row) => row.key === id));
    const level = levels.get(holders[missing] ?? ROOT);
    if (!level || level.status !== "success") return;
    if (level.hasNext && !level.fetchingNext) level.fetchNext();
    else if (!level.hasNext) setDone(reveal);
  }, [reveal, loading, rows, levels, ancestors, table]);

  const onRevealed = useCallback(() => setDone(selected), [selected]);
  return { reveal, onRevealed };
}
