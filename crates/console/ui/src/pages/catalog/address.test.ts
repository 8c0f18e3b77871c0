import { expect, it } from "vitest";
import { parseSelection, parseTab, pathOf, pathOfTable, TABS, treeId } from "./address";
import { columnName } from "./table/use-preview";
import { managedBy } from "./table/selector";

it("reads what it writes", () => {
  for (const id of ["datasource-1", "database-2", "schema-3-we/ird-%name", "schema-3-", "table-4", "field-5"]) {
    expect(treeId(parseSelection(id))).toBe(id);
    expect(decodeURIComponent(pathOf(id))).toBe(`/catalog/${id}`);
  }
  expect(parseSelection(undefined)).toEqual({ kind: "none" });
  expect(parseSelection("table-x")).toEqual({ kind: "unknown", text: "table-x" });
  expect(pathOfTable(3, 4, "keys")).toBe("/catalog/table-3?tab=keys&field=4");
  expect(parseTab("rows", TABS)).toBe("rows");
  expect(parseTab("nonsense", TABS)).toBe("columns");
});

it("names columns as the list of columns takes them", () => {
  expect(["id", "a b", "a,b", 'a"b', " a"].map(columnName)).toEqual(["id", "a b", '"a,b"', '"a""b"', '" a"']);
});

it("finds by what a table may be looked at, the table before its database", () => {
  const object = (id: number, table: string | null, removed_at: string | null = null) =>
    ({ id, database: "shop", table, removed_at }) as Parameters<typeof managedBy>[0][number];
  const orders = { table_schema: "public", table_name: "orders" };
  expect(managedBy([object(1, null), object(2, "public.orders")], "shop", orders)?.id).toBe(2);
  expect(managedBy([object(1, null), object(2, "other.orders")], "shop", orders)?.id).toBe(1);
  expect(managedBy([object(2, "orders", "2026-01-01T00:00:00Z")], "shop", orders)).toBeUndefined();
  expect(managedBy([object(1, null)], "bank", orders)).toBeUndefined();
});
