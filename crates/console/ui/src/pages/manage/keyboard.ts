import type { Row } from "./rows";

export type Move = { type: "focus"; to: number } | { type: "toggle" } | { type: "tick" } | null;

function canOpen(row: Row): row is Extract<Row, { expanded: boolean }> {
  return row.kind === "source" || row.kind === "database";
}

/** What a key means on a row: the keys of a tree, as the ARIA authoring practices have them. */
export function moveOf(key: string, rows: readonly Row[], at: number): Move {
  const row = rows[at];
  if (!row) return null;
  const last = rows.length - 1;
  const go = (to: number): Move => ({ type: "focus", to: Math.min(Math.max(to, 0), last) });
  switch (key) {
    case "ArrowDown":
      return go(at + 1);
    case "ArrowUp":
      return go(at - 1);
    case "PageDown":
      return go(at + 15);
    case "PageUp":
      return go(at - 15);
    case "Home":
      return go(0);
    case "End":
      return go(last);
    case "ArrowRight":
      if (!canOpen(row)) return null;
      return row.expanded ? go(at + 1) : { type: "toggle" };
    case "ArrowLeft": {
      if (canOpen(row) && row.expanded) return { type: "toggle" };
      const parent = rows.findLastIndex((other, index) => index < at && other.level < row.level);
      return parent < 0 ? null : go(parent);
    }
    case "Enter":
      return canOpen(row) ? { type: "toggle" } : { type: "tick" };
    case " ":
      return { type: "tick" };
    default:
      return null;
  }
}
