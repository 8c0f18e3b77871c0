import { describe, expect, it } from "vitest";

import { differencesOf, nameOf, shown } from "./diff";

// The document of the API calls both sides plain objects.
const sides = (before: unknown, after: unknown) => ({ before, after }) as Parameters<typeof differencesOf>[0];

describe("a change", () => {
  it("has each attribute once, with both sides", () => {
    expect(differencesOf(sides({ column_type: "varchar(40)" }, { column_type: "text", is_nullable: true }))).toEqual([
      { attribute: "column_type", before: "varchar(40)", after: "text" },
      { attribute: "is_nullable", before: undefined, after: true },
    ]);
  });

  it("has one side where something is new or gone", () => {
    expect(differencesOf(sides(null, { tables: 3 }))).toEqual([{ attribute: "tables", before: undefined, after: 3 }]);
  });

  it("shows values as people read them", () => {
    expect(shown(null)).toEqual({ kind: "nothing" });
    expect(shown(false)).toEqual({ kind: "text", text: "false" });
    expect(shown(["id"])).toEqual({ kind: "code", text: '[\n  "id"\n]' });
    expect(shown("<b>x</b>")).toEqual({ kind: "text", text: "<b>x</b>" });
  });

  it("is named from the outside in", () => {
    const table = { database_name: "shop", object_schema: "public", object_name: "orders" };
    expect(nameOf({ ...table, field_name: "total" })).toBe("shop · public.orders · total");
    expect(nameOf({ database_name: "shop", object_schema: "", object_name: "orders" })).toBe("shop · orders");
  });
});
