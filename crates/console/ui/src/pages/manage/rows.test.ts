import { describe, expect, it } from "vitest";

import { moveOf } from "./keyboard";
import { databaseKey, flatten, type DatabaseRow, type Listing, sourceKey, type TableRow } from "./rows";
import { isSettled, sumOf, tickOf, toggle } from "./selection";
import type { AvailableDatabase, AvailableTable, Source } from "./types";

const source = { id: 1, datasource_name: "shop" } as Source;

function database(name: string, more: Partial<AvailableDatabase> = {}): AvailableDatabase {
  return {
    database_id: 7,
    database_name: name,
    is_accessible: true,
    is_managed: false,
    is_scanned: false,
    managed_tables: 0,
    ...more,
  };
}

function table(name: string, is_managed = false): AvailableTable {
  return { table_schema: "public", table_name: name, is_managed, is_scanned: false };
}

function listing<T>(items: T[], more: Partial<Listing<T>> = {}): Listing<T> {
  return { items, nextCursor: null, loading: false, error: null, ...more };
}

const key = databaseKey(1, "orders");

describe("the rows of the tree", () => {
  it("are the sources alone while nothing is expanded", () => {
    expect(flatten([source], new Set(), new Map(), new Map())).toMatchObject([{ kind: "source", expanded: false }]);
  });

  it("have the lists of what is expanded, each with its end", () => {
    const databases = new Map([[sourceKey(1), listing([database("orders")], { nextCursor: "c" })]]);
    const tables = new Map([[key, listing([table("a"), table("b")])]]);
    const rows = flatten([source], new Set([sourceKey(1), key]), databases, tables);
    expect(rows.map((row) => row.kind)).toEqual(["source", "database", "table", "table", "note"]);
    expect(rows.at(-1)).toMatchObject({ note: "more", level: 2, list: sourceKey(1) });
  });

  it("say when a list is empty, and when it could not be read", () => {
    const expanded = new Set([sourceKey(1)]);
    const noteIn = (found: Listing<AvailableDatabase>) =>
      flatten([source], expanded, new Map([[sourceKey(1), found]]), new Map()).at(-1);
    expect(noteIn(listing([]))).toMatchObject({ note: "none" });
    expect(noteIn(listing([], { error: new Error("no") }))).toMatchObject({ note: "error" });
  });

  it("are walked by the keys of a tree", () => {
    const databases = new Map([[sourceKey(1), listing([database("orders")])]]);
    const rows = flatten([source], new Set([sourceKey(1)]), databases, new Map());
    expect(moveOf("ArrowRight", rows, 0)).toEqual({ type: "focus", to: 1 });
    expect(moveOf("ArrowRight", rows, 1)).toEqual({ type: "toggle" });
    expect(moveOf("ArrowLeft", rows, 1)).toEqual({ type: "focus", to: 0 });
    expect(moveOf(" ", rows, 1)).toEqual({ type: "tick" });
    expect(moveOf("a", rows, 1)).toBeNull();
  });
});

describe("what is ticked", () => {
  const whole: DatabaseRow = { kind: "database", key, level: 2, source, database: database("orders"), expanded: true };
  const one: TableRow = { kind: "table", key: "t", level: 3, source, database: whole.database, table: table("a") };

  it("is a table, and then its database in part", () => {
    const selection = toggle(new Map(), one);
    expect(tickOf(selection, one)).toBe("on");
    expect(tickOf(selection, whole)).toBe("some");
    expect(sumOf(selection)).toEqual({ databases: 0, tables: 1 });
    expect(toggle(selection, one).size).toBe(0);
  });

  it("is a whole database with all of its tables", () => {
    const selection = toggle(toggle(new Map(), one), whole);
    expect(sumOf(selection)).toEqual({ databases: 1, tables: 0 });
    expect(tickOf(selection, one)).toBe("on");
    expect(isSettled(selection, one)).toBe(true);
    expect(toggle(selection, one)).toBe(selection);
  });

  it("is never what is managed already or cannot be read", () => {
    const managed = { ...whole, database: database("orders", { is_managed: true }) };
    expect(tickOf(new Map(), managed)).toBe("on");
    expect(toggle(new Map(), managed).size).toBe(0);
    const hidden = { ...whole, database: database("orders", { is_accessible: false }) };
    expect(toggle(new Map(), hidden).size).toBe(0);
  });
});
