import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { show } from "../../testing/render";
import { ApiKeys } from "./api-keys";

// Whole dialogs, typed into key by key, on a machine that may be busy.
vi.setConfig({ testTimeout: 20_000 });

const bodies: unknown[] = [];
const key = {
  id: 7,
  name: "nightly export",
  role: "viewer",
  prefix: "plk_1_Vb3x",
  created_by: "ada",
  created_at: "2026-01-01T00:00:00Z",
};

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

async function serve(request: Request): Promise<Response> {
  if (request.method === "POST") {
    bodies.push(await request.json());
    return json({ ...key, key: "plk_1_Vb3xSECRET" }, 201);
  }
  return json({ items: [], next_cursor: null });
}

beforeEach(() => vi.stubGlobal("fetch", serve));
afterEach(() => {
  vi.unstubAllGlobals();
  bodies.length = 0;
});

it("shows a new key once", async () => {
  const user = userEvent.setup();
  await show(<ApiKeys />);
  expect(await screen.findByText("No API keys")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Create a key" }));
  const dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: "Create" }));
  expect(await within(dialog).findByText("Say what it is for.")).toBeInTheDocument();
  await user.type(within(dialog).getByLabelText(/Name/), "nightly export");
  await user.click(within(dialog).getByRole("button", { name: "Create" }));
  expect(await within(dialog).findByDisplayValue("plk_1_Vb3xSECRET")).toBeInTheDocument();
  expect(bodies).toEqual([{ name: "nightly export", role: "viewer", expires_in_days: 90 }]);
  await user.click(within(dialog).getByRole("button", { name: "I have copied it" }));
  await waitFor(() => expect(screen.queryByDisplayValue("plk_1_Vb3xSECRET")).not.toBeInTheDocument());
});
