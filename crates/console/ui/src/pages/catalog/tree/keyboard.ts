// What the keys of a tree do (ARIA Authoring Practices, "Tree View"), as a function of the rows and of the one that is active.
import type { Row } from "./flatten";

export type TreeAction =
  | { type: "move"; to: number }
  | { type: "expand" | "collapse" | "open"; at: number }
  | null;

/** How many rows Page Up and Page Down go. */
const PAGE = 12;

export function actionOf(key: string, rows: readonly Row[], active: number): TreeAction {
  const last = rows.length - 1;
  if (last < 0) return null;
  const move = (to: number): TreeAction => ({ type: "move", to: Math.max(0, Math.min(last, to)) });
  const row = rows[active];
  if (!row) return ["ArrowDown", "ArrowUp", "Home", "End"].includes(key) ? move(key === "End" ? last : 0) : null;
  switch (key) {
    case "ArrowDown":
      return move(active + 1);
    case "ArrowUp":
      return move(active - 1);
    case "PageDown":
      return move(active + PAGE);
    case "PageUp":
      return move(active - PAGE);
    case "Home":
      return move(0);
    case "End":
      return move(last);
    case "Enter":
    case " ":
      return { type: "open", at: active };
    case "ArrowRight":
      if (row.type !== "node" || !row.expandable) return null;
      return row.expanded ? move(active + 1) : { type: "expand", at: active };
    case "ArrowLeft": {
      if (row.type === "node" && row.expanded) return { type: "collapse", at: active };
      const parent = rows.findIndex((other) => other.type === "node" && other.key === row.parent);
      return parent < 0 ? null : move(parent);
    }
    default:
      return null;
  }
}

/** The next row whose name begins with what has been typed, from the active one on and around. */
export function findByPrefix(rows: readonly Row[], active: number, typed: string): number {
  const prefix = typed.toLocaleLowerCase();
  // One letter goes on to the next row, several refine where the active one is.
  const from = [...typed].length > 1 ? active : active + 1;
  for (let step = 0; step < rows.length; step += 1) {
    const at = (Math.max(0, from) + step) % rows.length;
    const row = rows[at];
    if (row?.type === "node" && row.node.name.toLocaleLowerCase().startsWith(prefix)) return at;
  }
  return -1;
}
