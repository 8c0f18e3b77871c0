import { configure, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { Route, Routes, useLocation } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { SessionContext } from "../../session/context";
import { show } from "../../testing/render";
import Catalog from ".";

const time = "2026-01-01T00:00:00Z";
const node = (id: string, name: string, child_count: number | null = 1) => ({
  id,
  kind: id.split("-")[0],
  name,
  child_count,
  catalog_id: Number(id.split("-")[1]),
});
const page = (items: unknown[], next_cursor: string | null = null) => ({ items, next_cursor });
const field = (id: number) => ({
  id,
  table_id: 3,
  field_name: `column_${id}`,
  field_position: id,
  data_type: "integer",
  column_type: "int",
  is_nullable: false,
  is_array: false,
  is_invisible: false,
  created_at: time,
  updated_at: time,
});

const source = { id: 1, datasource_name: "erp", datasource_type: "mysql", host: "db", port: 3306, sync_status: "success", paused: false, created_at: time, updated_at: time };
const database = { id: 2, datasource_id: 1, database_name: "shop", is_accessible: true, is_scanned: true, created_at: time, updated_at: time };
const table = {
  id: 3,
  database_id: 2,
  table_schema: "",
  table_name: "orders",
  table_type: "TABLE",
  table_comment: "<b>all</b> orders",
  field_count: 1000,
  is_scanned: true,
  created_at: time,
  updated_at: time,
  details: { keys: [], indexes: [], checks: [], triggers: [] },
};

/** What the services answer, by path and query. */
function answer(url: URL): unknown {
  const query = url.searchParams;
  switch (url.pathname) {
    case "/api/metadata/tree":
      switch (query.get("parent")) {
        case null:
          return page([node("datasource-1", "erp")]);
        case "datasource-1":
          return page([node("database-2", "shop", 900)]);
        case "database-2":
          // The table that is asked for stands on the second page.
          return query.get("cursor") === "more"
            ? page([node("table-3", "orders", 1000)])
            : page(Array.from({ length: 500 }, (_, at) => node(`table-${at + 100}`, `archive_${at}`)), "more");
        default:
          return page([]);
      }
    case "/api/metadata/tables":
      return page(query.get("q") === "cust" ? [{ ...table, id: 9, table_name: "customers" }] : [table]);
    case "/api/metadata/tables/3":
      return table;
    case "/api/metadata/databases/2":
      return database;
    case "/api/metadata/datasources/1":
      return source;
    case "/api/metadata/fields":
      return query.get("cursor") === "more"
        ? page(Array.from({ length: 500 }, (_, at) => field(at + 501)))
        : page(Array.from({ length: 500 }, (_, at) => field(at + 1)), "more");
    default:
      return undefined;
  }
}

const session = { tenant: 1, role: "viewer" as const, subject: "ada", expiresAt: null, can: () => false, signOut: () => undefined };

function Where() {
  const { pathname, search } = useLocation();
  return <output>{pathname + search}</output>;
}

async function open(at: string) {
  await show(
    <SessionContext value={session}>
      <Routes>
        <Route path="/catalog/*" element={<Catalog />} />
      </Routes>
      <Where />
    </SessionContext>,
    { at },
  );
}

// Roles of many rows are reckoned slowly in jsdom where the machine has other work.
vi.setConfig({ testTimeout: 60_000 });
configure({ asyncUtilTimeout: 20_000 });

beforeAll(() => {
  // jsdom lays nothing out: a window of 600 pixels.
  Object.defineProperty(Element.prototype, "clientHeight", { value: 600 });
  Object.defineProperty(Element.prototype, "clientWidth", { value: 900 });
  Object.defineProperty(HTMLElement.prototype, "offsetHeight", { value: 600 });
  Object.defineProperty(HTMLElement.prototype, "offsetWidth", { value: 900 });
  Element.prototype.scrollTo = (() => undefined) as never;
});

beforeEach(() => {
  vi.stubGlobal("fetch", async (request: Request) => {
    const body = answer(new URL(request.url));
    const absent = { type: "/problems/not-found", title: "Not found", detail: "there is nothing here", status: 404 };
    const type = body === undefined ? "application/problem+json" : "application/json";
    return new Response(JSON.stringify(body ?? absent), { status: body === undefined ? 404 : 200, headers: { "content-type": type } });
  });
});
afterEach(() => vi.unstubAllGlobals());

it("opens level by level, by keys alone", async () => {
  await open("/catalog");
  const erp = await screen.findByRole("treeitem", { name: /erp/ });
  expect(erp).toHaveAttribute("aria-expanded", "false");
  const tree = screen.getByRole("tree");
  fireEvent.focus(tree);
  fireEvent.keyDown(tree, { key: "ArrowRight" });
  const shop = await screen.findByRole("treeitem", { name: /shop/ });
  expect(shop).toHaveAttribute("aria-level", "2");
  fireEvent.keyDown(tree, { key: "ArrowDown" });
  expect(tree.getAttribute("aria-activedescendant")).toBe(shop.id);
  fireEvent.keyDown(tree, { key: "Enter" });
  expect(await screen.findByText("/catalog/database-2")).toBeInTheDocument();
  // Of 500 tables those in view are drawn, and as many are told as there are.
  const first = await screen.findByRole("treeitem", { name: /archive_0/ });
  expect(first).toHaveAttribute("aria-setsize", "900");
  expect(screen.getAllByRole("treeitem").length).toBeLessThan(100);
});

it("shows what the address names, and opens the tree on the way there", async () => {
  await open("/catalog/table-3?field=2");
  expect(await screen.findByRole("heading", { name: "orders", level: 2 })).toBeInTheDocument();
  // A comment is text, whatever stands in it.
  expect(screen.getByText("<b>all</b> orders")).toBeInTheDocument();
  expect(await screen.findByRole("heading", { name: "column_2", level: 3 })).toBeInTheDocument();
  const columns = screen.getByRole("table", { name: "Columns" });
  expect(within(columns).getAllByRole("row").length).toBeLessThan(100);
  await waitFor(() => expect(columns).toHaveAttribute("aria-rowcount", "1001"));
  expect(await screen.findByRole("treeitem", { name: /shop/ })).toHaveAttribute("aria-expanded", "true");
});

it("lets the server filter the branch that is selected", async () => {
  await open("/catalog/database-2");
  const filter = await screen.findByRole("textbox", { name: "Filter in shop" });
  fireEvent.change(filter, { target: { value: "cust" } });
  expect(await screen.findByRole("treeitem", { name: /customers/ })).toBeInTheDocument();
  expect(screen.queryByRole("treeitem", { name: /archive_0/ })).toBeNull();
});

it("tells what is wrong where the object is gone, and where the address is nonsense", async () => {
  await open("/catalog/table-77");
  expect(await screen.findByText("there is nothing here")).toBeInTheDocument();
});

it("says what to do where nothing is selected", async () => {
  await open("/catalog/nonsense");
  expect(await screen.findByText("The address names nothing in the catalog")).toBeInTheDocument();
});
