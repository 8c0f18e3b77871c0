import { VisuallyHidden } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useRowFocus } from "../../ui";

import { moveOf } from "./keyboard";
import type { Row } from "./rows";
import { tickOf } from "./selection";
import { RowCells } from "./tree-row";
import type { Tree } from "./use-tree";
import classes from "./manage.module.css";

const ROW_HEIGHT = 36;
/** The head stands above the rows and stays in sight. */
const HEAD_HEIGHT = 36;

function ticked(tree: Tree, row: Row): boolean | undefined {
  if (row.kind !== "database" && row.kind !== "table") return undefined;
  return tickOf(tree.selection, row) === "on";
}

/** The tree as a grid of rows of which only those in view are drawn, with the keys of a tree. */
export function ManageTree({ tree }: { tree: Tree }) {
  const { t } = useTranslation("manage");
  const { rows } = tree;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (at) => rows[at]?.key ?? at,
    overscan: 14,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  // Whoever comes from a source is shown it, however many stand above.
  const { first } = tree;
  useEffect(() => {
    const at = rows.findIndex((row) => row.key === first);
    if (at > 0) virtual.scrollToIndex(at, { align: "start" });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, as the page opens
  }, [first]);
  // What a filter leaves begins at the top, wherever one was before.
  const { filter } = tree;
  const filtered = useRef(filter);
  useEffect(() => {
    if (filtered.current !== filter) scroller.current?.scrollTo({ top: 0 });
    filtered.current = filter;
  }, [filter]);
  const focusRow = useRowFocus(() => scroller.current);
  const items = virtual.getVirtualItems();
  const activeAt = rows.findIndex((row) => row.key === active);
  const tabStop = items.some((item) => item.index === activeAt) ? activeAt : (items[0]?.index ?? 0);

  function focus(at: number) {
    const row = rows[at];
    if (!row) return;
    setActive(row.key);
    virtual.scrollToIndex(at, { align: "auto" });
    focusRow(at);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>, at: number) {
    // Keys on a button of the row are the button's.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    const move = moveOf(event.key, rows, at);
    if (!row || !move) return;
    event.preventDefault();
    if (move.type === "focus") focus(move.to);
    else if (row.kind === "note") tree.more(row.list);
    else if (move.type === "tick" && row.kind !== "source") tree.canManage && tree.tick(row);
    else if (row.kind !== "table") tree.expand(row.key, !row.expanded);
  }

  function onClick(event: MouseEvent<HTMLElement>, row: Row) {
    // What is on a button or in a box is theirs.
    const isTheirs = event.target instanceof Element && event.target.closest("button, input, label, a") !== null;
    if (!isTheirs && "expanded" in row) tree.expand(row.key, !row.expanded);
  }

  return (
    <div
      ref={scroller}
      className={classes.tree}
      role="treegrid"
      aria-label={t("tree.label")}
      aria-rowcount={rows.length + 1}
      aria-multiselectable={tree.canManage || undefined}
    >
      <div role="row" aria-rowindex={1} className={classes.head}>
        <span role="columnheader">{t("tree.name")}</span>
        <span role="columnheader" className={classes.figure}>
          {t("tree.amount")}
        </span>
        <span role="columnheader" className={classes.figure}>
          {t("tree.size")}
        </span>
        <span role="columnheader">{t("tree.state")}</span>
        <span role="columnheader">
          <VisuallyHidden>{t("tree.actions")}</VisuallyHidden>
        </span>
      </div>
      <div role="rowgroup" className={classes.all} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <div
              key={item.key}
              role="row"
              data-index={item.index}
              className={classes.row}
              style={{ transform: `translateY(${item.start - HEAD_HEIGHT}px)` }}
              tabIndex={item.index === tabStop ? 0 : -1}
              aria-level={row.level}
              aria-rowindex={item.index + 2}
              aria-expanded={"expanded" in row ? row.expanded : undefined}
              aria-selected={ticked(tree, row)}
              data-opens={"expanded" in row || undefined}
              onFocus={() => setActive(row.key)}
              onClick={(event) => onClick(event, row)}
              onKeyDown={(event) => onKeyDown(event, item.index)}
            >
              <RowCells row={row} tree={tree} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
