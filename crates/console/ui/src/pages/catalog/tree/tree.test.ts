import { describe, expect, it } from "vitest";
import type { TreeKind, TreeNode } from "../types";
import { flatten, type Level } from "./flatten";
import { actionOf, findByPrefix } from "./keyboard";

function node(id: string, name = id, count: number | null = 1): TreeNode {
  return { id, kind: id.split("-")[0] as TreeKind, name, label: null, child_count: count, catalog_id: 1, removed_at: null };
}

function level(nodes: TreeNode[], more: Partial<Level> = {}): Level {
  const nothing = () => undefined;
  return { nodes, status: "success", error: null, hasNext: false, fetchingNext: false, fetchNext: nothing, retry: nothing, ...more };
}

const levels = new Map([
  ["", level([node("datasource-1", "alpha"), node("datasource-2", "beta", 0)])],
  ["datasource-1", level([node("database-1", "shop", 700), node("database-2", "Bank", 0)])],
  ["database-1", level([node("table-1", "orders", null)], { hasNext: true })],
]);

describe("flatten", () => {
  it("lays open levels out and names those that have to be loaded", () => {
    const { rows, open } = flatten(levels, new Set(["datasource-1", "database-1", "datasource-2"]));
    expect(rows.map((row) => `${row.depth} ${row.key}`)).toEqual([
      "1 datasource-1",
      "2 database-1",
      "3 table-1",
      "3 more database-1",
      "2 database-2",
      "1 datasource-2",
    ]);
    expect(open).toEqual(["", "datasource-1", "database-1"]);
    // There are as many tables as the database says, though but one has been read.
    expect(rows[2]).toMatchObject({ position: 1, size: 700, parent: "database-1" });
  });

  it("shows what is not there yet, what failed and what is empty", () => {
    const types = (only: Level | undefined) =>
      flatten(new Map([["", level([node("datasource-1")])], ...(only ? [["datasource-1", only] as const] : [])]), new Set(["datasource-1"]))
        .rows.map((row) => row.type);
    expect(types(undefined)).toEqual(["node", "loading"]);
    expect(types(level([]))).toEqual(["node", "empty"]);
    expect(types(level([], { status: "error" }))).toEqual(["node", "error"]);
  });

  it("shows one branch alone where a filter says so", () => {
    const { rows, open } = flatten(levels, new Set(), node("database-1", "shop"));
    expect(rows.map((row) => row.key)).toEqual(["database-1", "table-1", "more database-1"]);
    expect(open).toEqual(["database-1"]);
  });
});

describe("the keys of the tree", () => {
  const { rows } = flatten(levels, new Set(["datasource-1"]));

  it("move, open and close as trees do", () => {
    expect(actionOf("ArrowDown", rows, 0)).toEqual({ type: "move", to: 1 });
    expect(actionOf("ArrowUp", rows, 0)).toEqual({ type: "move", to: 0 });
    expect(actionOf("End", rows, 0)).toEqual({ type: "move", to: rows.length - 1 });
    expect(actionOf("ArrowRight", rows, 0)).toEqual({ type: "move", to: 1 });
    expect(actionOf("ArrowRight", rows, 1)).toEqual({ type: "expand", at: 1 });
    expect(actionOf("ArrowLeft", rows, 0)).toEqual({ type: "collapse", at: 0 });
    expect(actionOf("ArrowLeft", rows, 1)).toEqual({ type: "move", to: 0 });
    expect(actionOf("Enter", rows, 1)).toEqual({ type: "open", at: 1 });
    expect(actionOf("x", rows, 1)).toBeNull();
    expect(actionOf("ArrowDown", [], -1)).toBeNull();
  });

  it("find names by what is typed, from the active row on and around", () => {
    expect(findByPrefix(rows, 0, "b")).toBe(2);
    expect(findByPrefix(rows, 2, "b")).toBe(3);
    expect(findByPrefix(rows, 3, "b")).toBe(2);
    expect(findByPrefix(rows, 2, "ba")).toBe(2);
    expect(findByPrefix(rows, 0, "x")).toBe(-1);
  });
});
