// The state of the tree: what is open, which levels have been loaded, which row is active.
import { useCallback, useEffect, useMemo, useState } from "react";
import type { TreeNode } from "../types";
import { flatten, type Flat, type Level } from "./flatten";

export interface TreeState extends Flat {
  levels: ReadonlyMap<string, Level>;
  report: (parent: string, level: Level | null) => void;
  expand: (ids: readonly string[]) => void;
  collapse: (id: string) => void;
  active: string | null;
  setActive: (key: string | null) => void;
}

// What was open when the page was left. Of entries that are no longer there nothing is shown, so it may be out of date.
let remembered: readonly string[] = [];

/** With `only`, that entry alone is shown, and what the filter leaves of its contents. */
export function useTree(only: TreeNode | null): TreeState {
  const [levels, setLevels] = useState<ReadonlyMap<string, Level>>(() => new Map());
  const [open, setOpen] = useState(remembered);
  const [active, setActive] = useState<string | null>(null);

  useEffect(() => {
    remembered = open;
  }, [open]);

  const report = useCallback((parent: string, level: Level | null) => {
    setLevels((before) => {
      const after = new Map(before);
      if (level) after.set(parent, level);
      else after.delete(parent);
      return after;
    });
  }, []);
  const expand = useCallback(
    (ids: readonly string[]) =>
      setOpen((before) => (ids.every((id) => before.includes(id)) ? before : [...new Set([...before, ...ids])])),
    [],
  );
  const collapse = useCallback((id: string) => setOpen((before) => before.filter((other) => other !== id)), []);

  const expanded = useMemo(() => new Set(open), [open]);
  const flat = useMemo(() => flatten(levels, expanded, only), [levels, expanded, only]);
  return { ...flat, levels, report, expand, collapse, active, setActive };
}
