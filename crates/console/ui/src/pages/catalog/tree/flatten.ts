// From the levels that have been loaded to the rows that are shown, one below the other.
import type { TreeKind, TreeNode } from "../types";

/** One level of the tree: what lies below an entry, as far as it has been loaded. */
export interface Level {
  nodes: readonly TreeNode[];
  status: "pending" | "error" | "success";
  error: unknown;
  hasNext: boolean;
  fetchingNext: boolean;
  fetchNext: () => void;
  retry: () => void;
}

export type Row =
  | {
      type: "node";
      key: string;
      node: TreeNode;
      parent: string | null;
      depth: number;
      expandable: boolean;
      expanded: boolean;
      position: number;
      /** -1 where nobody knows how many there are. */
      size: number;
    }
  | { type: "loading" | "more" | "error" | "empty"; key: string; parent: string | null; kind: TreeKind | null; depth: number };

export type NodeRow = Extract<Row, { type: "node" }>;

export interface Flat {
  rows: Row[];
  /** The entries whose contents are to be shown, in the order of the rows: their levels have to be loaded. */
  open: string[];
}

/** The name under which the contents of the whole catalog are kept. */
export const ROOT = "";

const CAN_HOLD: Record<TreeKind, boolean> = { datasource: true, database: true, schema: true, table: true, field: false };

export function isExpandable(node: TreeNode): boolean {
  return CAN_HOLD[node.kind] && node.child_count !== 0;
}

/** Lays out the tree. With `only`, that entry alone is at the top, always open. */
export function flatten(
  levels: ReadonlyMap<string, Level>,
  expanded: ReadonlySet<string>,
  only?: TreeNode | null,
): Flat {
  const flat: Flat = { rows: [], open: [] };
  if (only) {
    flat.rows.push(nodeRow(only, null, 1, 1, 1, true));
    flat.open.push(only.id);
    lay(flat, levels, expanded, only.id, only.kind, 2, null);
  } else {
    flat.open.push(ROOT);
    lay(flat, levels, expanded, ROOT, null, 1, null);
  }
  return flat;
}

function lay(
  flat: Flat,
  levels: ReadonlyMap<string, Level>,
  expanded: ReadonlySet<string>,
  parent: string,
  kind: TreeKind | null,
  depth: number,
  count: number | null,
) {
  const above = parent === ROOT ? null : parent;
  const note = (type: "loading" | "more" | "error" | "empty") =>
    flat.rows.push({ type, key: `${type} ${parent}`, parent: above, kind, depth });
  const level = levels.get(parent);
  if (!level || (level.status === "pending" && level.nodes.length === 0)) {
    note("loading");
    return;
  }
  const size = level.hasNext ? (count ?? -1) : level.nodes.length;
  level.nodes.forEach((node, at) => {
    const isOpen = isExpandable(node) && expanded.has(node.id);
    flat.rows.push(nodeRow(node, above, depth, at + 1, size, isOpen));
    if (isOpen) {
      flat.open.push(node.id);
      lay(flat, levels, expanded, node.id, node.kind, depth + 1, node.child_count ?? null);
    }
  });
  if (level.status === "error") note("error");
  else if (level.hasNext) note("more");
  else if (level.nodes.length === 0) note("empty");
}

function nodeRow(
  node: TreeNode,
  parent: string | null,
  depth: number,
  position: number,
  size: number,
  expanded: boolean,
): NodeRow {
  return { type: "node", key: node.id, node, parent, depth, expandable: isExpandable(node), expanded, position, size };
}
