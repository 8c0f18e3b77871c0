import { fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { show } from "../../testing/render";
import Search from ".";

const asked: string[] = [];
const path = { datasource_id: 1, datasource_name: "erp", database_id: 2, database_name: "shop", table_schema: "", table_id: 3, table_name: "orders" };

function answer(url: URL): unknown {
  if (url.pathname !== "/api/metadata/search") return { items: [], next_cursor: null };
  asked.push(url.search);
  if (url.searchParams.get("q") === "nothing") return { items: [], next_cursor: null };
  return {
    items: [
      { kind: "table", id: 3, name: "orders", comment: "<i>订单</i>", path, highlights: { name: [[0, 5]] } },
      { kind: "field", id: 7, name: "order_id", comment: null, path, highlights: { name: [[0, 5]] } },
    ],
    next_cursor: null,
  };
}

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("fetch", async (request: Request) => Response.json(answer(new URL(request.url))));
});
afterEach(() => vi.unstubAllGlobals());

it("shows results with what fits in them, leading to the catalog", async () => {
  await show(<Search />, { at: "/search?q=order&kind=table" });
  const links = await screen.findAllByRole("link");
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["/catalog/table-3", "/catalog/table-3?field=7"]);
  expect([...document.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["order", "order"]);
  // A comment is text, whatever stands in it.
  expect(screen.getByText("<i>订单</i>")).toBeInTheDocument();
  expect(new URLSearchParams(asked[0]).get("kind")).toBe("table");
  const [first, second] = links;
  first?.focus();
  fireEvent.keyDown(first as HTMLElement, { key: "ArrowDown" });
  expect(document.activeElement).toBe(second);
});

it("asks nothing without a word, and says what to do where nothing fits", async () => {
  const { unmount } = await show(<Search />, { at: "/search" });
  expect(screen.getByText("Find tables and columns")).toBeInTheDocument();
  expect(asked).toEqual([]);
  unmount();
  await show(<Search />, { at: "/search?q=nothing", language: "zh" });
  expect(await screen.findByText("没有与“nothing”匹配的结果")).toBeInTheDocument();
});
