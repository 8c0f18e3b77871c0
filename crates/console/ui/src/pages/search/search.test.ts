import { describe, expect, it } from "vitest";
import { linkOf, parseKind, placeOf } from "./address";
import { excerpt, pieces } from "./highlight";
import type { SearchItem } from "./types";

describe("highlights", () => {
  const shown = (text: string, spans: [number, number][] | null) =>
    pieces(text, spans)
      .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
      .join("");

  it("count code points, so that signs outside of the first plane shift nothing", () => {
    expect(shown("😀订单_id", [[1, 3]])).toBe("😀[订单]_id");
    expect(shown("customer_id", [[0, 8], [9, 11]])).toBe("[customer]_[id]");
  });

  it("stand whatever the offsets are", () => {
    expect(shown("abc", null)).toBe("abc");
    expect(shown("abc", [[2, 9], [0, 1]])).toBe("[a]b[c]");
    expect(shown("abc", [[0, 2], [1, 3]])).toBe("[ab][c]");
    expect(shown("abc", [[7, 9]])).toBe("abc");
    expect(shown("", [[0, 1]])).toBe("");
  });

  it("are in sight in a long text", () => {
    const long = `${"x".repeat(200)}order`;
    const cut = excerpt(pieces(long, [[200, 205]]));
    expect(cut.map((piece) => piece.text)).toEqual([`…${"x".repeat(40)}`, "order"]);
    expect(excerpt(pieces("short order", [[6, 11]])).map((piece) => piece.text)).toEqual(["short ", "order"]);
  });
});

describe("a result", () => {
  const path = { datasource_id: 1, datasource_name: "shop", database_id: 2, database_name: "erp", table_schema: "public", table_id: 3, table_name: "orders" };
  const item = (kind: SearchItem["kind"], id: number): SearchItem => ({ kind, id, name: "n", path, highlights: {} });

  it("leads to its place in the catalog", () => {
    expect(linkOf(item("datasource", 1))).toBe("/catalog/datasource-1");
    expect(linkOf(item("table", 3))).toBe("/catalog/table-3");
    expect(linkOf(item("field", 9))).toBe("/catalog/table-3?field=9");
    expect(linkOf({ ...item("field", 9), path: { ...path, table_id: null } })).toBe("/catalog/field-9");
  });

  it("tells what holds it, and not itself", () => {
    expect(placeOf(item("datasource", 1))).toEqual([]);
    expect(placeOf(item("table", 3))).toEqual(["shop", "erp", "public"]);
    expect(placeOf(item("field", 9))).toEqual(["shop", "erp", "public", "orders"]);
  });

  it("is of a kind that there is", () => {
    expect(parseKind("field")).toBe("field");
    expect(parseKind("all")).toBeUndefined();
  });
});
