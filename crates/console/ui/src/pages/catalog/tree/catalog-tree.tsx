// The tree itself: a flat, virtual list with the roles and keys of a tree. Mantine's FlatTreeNode moves among mounted rows
// alone and tells no levels, which a list of 10,000 rows needs.
import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslation } from "react-i18next";
import { type NodeRow, ROOT, type Row } from "./flatten";
import { actionOf, findByPrefix } from "./keyboard";
import { NoteRow } from "./note-row";
import { TreeRow } from "./tree-row";
import type { TreeState } from "./use-tree";
import classes from "./tree.module.css";

const ROW_HEIGHT = 30;
/** How many rows before the end of what has been read the next page is asked for. */
const AHEAD = 300;
/** How long letters typed in a row are taken for one word. */
const TYPING_MS = 600;

export interface CatalogTreeProps {
  tree: TreeState;
  /** The selected entry. */
  selected: string | null;
  onSelect: (row: NodeRow) => void;
  /** The row to bring into view, once it is there. */
  reveal: string | null;
  onRevealed: () => void;
}

export function CatalogTree({ tree, selected, onSelect, reveal, onRevealed }: CatalogTreeProps) {
  const { t } = useTranslation("catalog");
  const { rows } = tree;
  const scroller = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const typed = useRef({ text: "", at: 0 });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (at) => rows[at]?.key ?? at,
    overscan: 16,
  });
  const active = rows.findIndex((row) => row.key === tree.active);
  const domId = (row: Row) => `${prefix}-${row.key}`.replace(/\s/g, "_");

  useEffect(() => {
    if (reveal === null) return;
    const at = rows.findIndex((row) => row.key === reveal);
    if (at < 0) return;
    virtual.scrollToIndex(at, { align: "auto" });
    tree.setActive(reveal);
    onRevealed();
  }, [reveal, rows, virtual, tree, onRevealed]);

  const moveTo = (at: number) => {
    const row = rows[at];
    if (!row) return;
    tree.setActive(row.key);
    virtual.scrollToIndex(at, { align: "auto" });
  };
  const open = (row: Row | undefined) => {
    if (!row) return;
    tree.setActive(row.key);
    if (row.type === "node") onSelect(row);
    else if (row.type === "error") tree.levels.get(row.parent ?? "")?.retry();
  };
  const toggle = (row: NodeRow) => (row.expanded ? tree.collapse(row.node.id) : tree.expand([row.node.id]));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // A slash goes on to the search of the page.
    const isLetter = [...event.key].length === 1 && event.key !== " " && event.key !== "/";
    if (isLetter) {
      const now = event.timeStamp;
      const text = now - typed.current.at < TYPING_MS ? typed.current.text + event.key : event.key;
      typed.current = { text, at: now };
      const at = findByPrefix(rows, active, text);
      if (at >= 0) moveTo(at);
      return;
    }
    const action = actionOf(event.key, rows, active);
    if (!action) return;
    event.preventDefault();
    // Whoever moved on begins another word.
    typed.current = { text: "", at: 0 };
    if (action.type === "move") return moveTo(action.to);
    const row = rows[action.at];
    if (action.type === "open") open(row);
    else if (row?.type === "node") toggle(row);
  };

  // A row that has been scrolled out of sight is not in the document, and cannot be named.
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  // Read on before somebody who scrolls gets there.
  useEffect(() => {
    for (const row of rows.slice(last, last + AHEAD)) {
      const level = row.type === "more" ? tree.levels.get(row.parent ?? ROOT) : undefined;
      if (level?.hasNext && !level.fetchingNext) level.fetchNext();
    }
  }, [rows, last, tree.levels]);
  const mounted = items.some((item) => item.index === active) ? rows[active] : undefined;

  return (
    <div
      ref={scroller}
      className={classes.tree}
      role="tree"
      aria-label={t("tree.label")}
      aria-activedescendant={mounted ? domId(mounted) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={() => active < 0 && moveTo(Math.max(0, rows.findIndex((row) => row.key === selected)))}
    >
      <div role="none" className={classes.all} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const place = { id: domId(row), top: item.start, active: item.index === active };
          return row.type === "node" ? (
            <TreeRow
              key={item.key}
              {...place}
              row={row}
              selected={row.key === selected}
              onOpen={() => open(row)}
              onToggle={() => toggle(row)}
            />
          ) : (
            <NoteRow key={item.key} {...place} row={row} level={tree.levels.get(row.parent ?? "")} onOpen={() => open(row)} />
          );
        })}
      </div>
    </div>
  );
}
