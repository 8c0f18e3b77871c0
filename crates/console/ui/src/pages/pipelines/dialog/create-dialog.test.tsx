import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { show } from "../../../testing/render";
import { CreateDialog } from "./create-dialog";

const bodies: unknown[] = [];

function list(items: unknown[]): Response {
  return Response.json({ items, next_cursor: null });
}

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (request.method === "POST") {
    bodies.push(await request.json());
    const problem = {
      type: "/problems/validation-failed",
      title: "Some values have to be changed.",
      status: 422,
      detail: "2 values have to be changed",
      errors: [
        { pointer: "/fill/query", detail: "is required for sql" },
        { pointer: "/delta/biz_column", detail: "biz_orders has no column order_id" },
        { pointer: "/unheard/of", detail: "is new to this page" },
      ],
    };
    return Response.json(problem, { status: 422, headers: { "content-type": "application/problem+json" } });
  }
  if (pathname.endsWith("/datasources")) return list([{ id: 1, datasource_name: "shop" }]);
  if (pathname.endsWith("/databases")) return list([{ id: 2, database_name: "erp" }]);
  if (pathname.endsWith("/tables")) {
    return list([
      { id: 7, table_schema: "public", table_name: "sync_orders" },
      { id: 9, table_schema: "public", table_name: "biz_orders" },
    ]);
  }
  return list([]);
}

beforeEach(() => {
  bodies.length = 0;
  vi.stubGlobal("fetch", answer);
});
afterEach(() => vi.unstubAllGlobals());

async function choose(user: ReturnType<typeof userEvent.setup>, label: string, place: number, option: string) {
  const field = screen.getAllByRole("combobox", { name: new RegExp(`^${label}`) })[place] ?? document.body;
  await waitFor(() => expect(field).toBeEnabled());
  await user.click(field);
  await user.click(await screen.findByRole("option", { name: option }, { timeout: 10_000 }));
}

it("asks for what is missing, and shows what the service finds wrong at its fields", async () => {
  const user = userEvent.setup();
  await show(<CreateDialog onClose={() => undefined} onMade={() => undefined} />);
  await user.click(await screen.findByRole("button", { name: "Create" }));
  expect(await screen.findByText("Give it a name")).toBeInTheDocument();
  expect(screen.getAllByText("Choose a table")).toHaveLength(2);
  expect(bodies).toEqual([]);

  await user.type(screen.getByRole("textbox", { name: /^Name/ }), "orders");
  for (const [place, table] of [
    [0, "public.sync_orders"],
    [1, "public.biz_orders"],
  ] as const) {
    await choose(user, "Data source(?! that)", place, "shop");
    await choose(user, "Database", place, "erp");
    await choose(user, "Table", place, table);
  }
  await user.click(screen.getByRole("button", { name: "Create" }));
  await waitFor(() => expect(bodies).toHaveLength(1));
  expect(bodies[0]).toMatchObject({ name: "orders", sync_table_id: 7, biz_table_id: 9, schedule: null });

  expect(await screen.findByText("is required for sql")).toBeInTheDocument();
  expect(screen.getByRole("textbox", { name: /^Query/ })).toHaveAttribute("aria-invalid", "true");
  expect(screen.getByText("biz_orders has no column order_id")).toBeInTheDocument();
  expect(screen.getByText(/is new to this page/)).toBeInTheDocument();
}, 90_000);
