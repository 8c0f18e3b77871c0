import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { show } from "../../testing/render";
import { RegisterDialog } from "./register-dialog";

// Whole dialogs, typed into key by key, on a machine that may be busy.
vi.setConfig({ testTimeout: 20_000 });

const sent: { path: string; body: Record<string, unknown> }[] = [];
const answers: Record<string, () => Response> = {};

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

beforeEach(() => {
  vi.stubGlobal("fetch", async (request: Request) => {
    const path = new URL(request.url).pathname;
    sent.push({ path, body: (await request.json()) as Record<string, unknown> });
    return answers[path]?.() ?? json({ title: "Absent", detail: path }, 404);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  sent.length = 0;
  for (const path of Object.keys(answers)) delete answers[path];
});

const TEST = "/api/metadata/datasources/test";
const REGISTER = "/api/metadata/datasources";

async function fill() {
  const user = userEvent.setup();
  await show(<RegisterDialog onClose={() => {}} />);
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/^Host/), "db.example");
  await user.type(within(dialog).getByLabelText(/^Login/), "reader");
  return { user, dialog };
}

it("tries a connection that has no name yet, and shows the step that fails", async () => {
  answers[TEST] = () =>
    json({ ok: false, steps: [{ name: "resolve", ok: false, detail: "no such host", duration_ms: 4 }] });
  const { user, dialog } = await fill();
  await user.click(within(dialog).getByRole("button", { name: "Test the connection" }));
  expect(await within(dialog).findByText("no such host")).toBeInTheDocument();
  expect(sent[0]?.body).toMatchObject({ datasource_type: "mysql", host: "db.example", port: 3306, username: "reader" });
  expect(within(dialog).getByRole("button", { name: "Register anyway" })).toBeInTheDocument();
});

it("does not register without a name", async () => {
  const { user, dialog } = await fill();
  await user.click(within(dialog).getByRole("button", { name: "Register" }));
  expect(await within(dialog).findByText("Give it a name.")).toBeInTheDocument();
  expect(sent).toEqual([]);
});

it("shows what the server finds wrong at the field, and keeps what was typed", async () => {
  const problem = {
    type: "/problems/validation",
    title: "Invalid",
    detail: "Some fields are not valid.",
    request_id: "r-9",
    errors: [{ pointer: "/host", detail: "this address is not allowed" }],
  };
  answers[REGISTER] = () => json(problem, 422);
  const { user, dialog } = await fill();
  await user.type(within(dialog).getByLabelText(/^Name/), "shop");
  await user.click(within(dialog).getByRole("button", { name: "Register" }));
  await waitFor(() => expect(within(dialog).getByLabelText(/^Host/)).toBeInvalid());
  expect(within(dialog).getByText("r-9")).toBeInTheDocument();
  expect(within(dialog).getByLabelText(/^Host/)).toHaveValue("db.example");
});

it("takes the usual port of the other kind of server", async () => {
  const { user, dialog } = await fill();
  await user.click(within(dialog).getByRole("radio", { name: "PostgreSQL" }));
  expect(within(dialog).getByLabelText(/^Port/)).toHaveValue("5432");
});
