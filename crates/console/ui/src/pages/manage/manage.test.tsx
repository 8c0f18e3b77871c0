import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";

import { SessionContext } from "../../session/context";
import { show } from "../../testing/render";
import Manage from ".";

// Whole dialogs, typed into key by key, on a machine that may be busy.
vi.setConfig({ testTimeout: 20_000 });

const time = "2026-01-01T00:00:00Z";
const source = {
  id: 1,
  datasource_name: "erp",
  datasource_type: "mysql",
  host: "db",
  port: 3306,
  sync_status: "success",
  paused: false,
  managed_count: 0,
  created_at: time,
  updated_at: time,
};
const database = (id: number) => ({
  database_id: id,
  database_name: `shop_${id}`,
  is_accessible: true,
  is_managed: false,
  is_scanned: true,
  managed_tables: 0,
  table_count: 2,
});
const table = (name: string) => ({ table_schema: "", table_name: name, is_managed: false, is_scanned: true, row_count: 12 });

const asked: string[] = [];
const bodies: unknown[] = [];
let refuse = false;

function answer(url: URL): unknown {
  const query = url.searchParams;
  switch (url.pathname) {
    case "/api/manager/datasources":
      return { items: [source], next_cursor: null };
    case "/api/manager/managed-objects":
      return { items: [], next_cursor: null };
    case "/api/manager/datasources/1/available-databases": {
      const all = Array.from({ length: 2_000 }, (_, at) => database(at)).filter((one) =>
        one.database_name.includes(query.get("q") ?? ""),
      );
      const from = Number(query.get("cursor") ?? 0);
      const next_cursor = from + 500 < all.length ? String(from + 500) : null;
      return { resource_id: 1, resource_name: "erp", databases: all.slice(from, from + 500), next_cursor };
    }
    case "/api/manager/datasources/1/databases/shop_0/available-tables":
      return { resource_id: 1, resource_name: "erp", source: "catalog", tables: [table("orders"), table("<b>x</b>")], next_cursor: null };
    default:
      return undefined;
  }
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

async function serve(request: Request): Promise<Response> {
  const url = new URL(request.url);
  asked.push(url.pathname + url.search);
  if (request.method === "POST") {
    bodies.push(await request.json());
    if (refuse) {
      const problem = { type: "/problems/datasource-paused", title: "Paused", detail: "The data source is paused.", request_id: "r-1" };
      return json(problem, 409);
    }
    return json({ status: "accepted", managed_objects: [], scan_id: 5, job_id: "j" }, 202);
  }
  const body = answer(url);
  return body === undefined ? json({ title: "Absent", detail: url.pathname }, 404) : json(body);
}

beforeAll(() => {
  // jsdom lays nothing out: a window of 600 pixels.
  Object.defineProperty(Element.prototype, "clientHeight", { value: 600 });
  Object.defineProperty(HTMLElement.prototype, "offsetHeight", { value: 600 });
  Object.defineProperty(HTMLElement.prototype, "offsetWidth", { value: 900 });
  Element.prototype.scrollTo = (() => undefined) as never;
});
beforeEach(() => vi.stubGlobal("fetch", serve));
afterEach(() => {
  vi.unstubAllGlobals();
  asked.length = 0;
  bodies.length = 0;
  refuse = false;
});

function open(role: "viewer" | "operator" = "operator") {
  const session = {
    tenant: 1,
    role,
    subject: "ada",
    expiresAt: null,
    can: (needed: string) => needed === "viewer" || role === needed,
    signOut: () => {},
  };
  return show(
    <SessionContext.Provider value={session}>
      <Manage />
    </SessionContext.Provider>,
    { at: "/manage?source=1" },
  );
}

const row = async (name: string) => {
  const found = (await screen.findByText(name, {}, { timeout: 8_000 })).closest<HTMLElement>('[role="row"]');
  if (found === null) throw new Error(`no row ${name}`);
  return found;
};

it("draws only what is in view of 2,000 databases", async () => {
  await open();
  expect(await row("shop_0")).toHaveAttribute("aria-level", "2");
  expect(screen.getAllByRole("row").length).toBeLessThan(80);
});

it("leaves filtering to the server", async () => {
  const user = userEvent.setup();
  await open();
  await row("shop_0");
  await user.type(screen.getByLabelText("Database"), "1999");
  await row("shop_1999");
  expect(asked.some((path) => path.includes("available-databases") && path.includes("q=1999"))).toBe(true);
});

it("adopts what is ticked by the keyboard, with a permission and without a scan", async () => {
  const user = userEvent.setup();
  await open();
  const shop = await row("shop_0");
  fireEvent.keyDown(shop, { key: "ArrowRight" });
  const orders = await row("orders");
  expect(screen.getByText("<b>x</b>")).toBeInTheDocument();
  fireEvent.keyDown(orders, { key: " " });
  expect(await screen.findByText(/1 table chosen/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Manage…" }));
  const dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("radio", { name: "Write" }));
  await user.click(within(dialog).getByRole("switch", { name: /^Scan now/ }));
  await user.click(within(dialog).getByRole("button", { name: "Manage" }));
  await waitFor(() =>
    expect(bodies).toEqual([
      { resource_id: 1, database: "shop_0", permission: "write", trigger_deep_scan: false, tables: ["orders"] },
    ]),
  );
  await waitFor(() => expect(screen.queryByText(/table chosen/)).not.toBeInTheDocument());
});

it("keeps what could not be adopted, and says why", async () => {
  refuse = true;
  const user = userEvent.setup();
  await open();
  await user.click(within(await row("shop_0")).getByRole("checkbox", { name: "Choose shop_0" }));
  await user.click(screen.getByRole("button", { name: "Manage…" }));
  const dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: "Manage" }));
  expect(await within(dialog).findByText("The data source is paused.")).toBeInTheDocument();
  expect(within(dialog).getByText("r-1")).toBeInTheDocument();
  expect(within(dialog).getByRole("button", { name: "Retry" })).toBeEnabled();
});

it("offers no ticks to those who may only look", async () => {
  await open("viewer");
  expect(within(await row("shop_0")).queryByRole("checkbox")).not.toBeInTheDocument();
});
