import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { getCredential, send } from "../api";
import { setCredential } from "../api/credential";
import { show } from "../testing/render";
import { SessionProvider, useSession } from ".";
import { includes, linkCode } from "./sign-in";

const good = new Set<string>();
const fetched = vi.fn((request: Request) => answer(request));

async function answer(request: Request): Promise<Response> {
  const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
  if (request.url.endsWith("/auth/sign-in")) {
    const { code } = (await request.json()) as { code: string };
    return code === "pls_1_once" ? json({ token: "token-of-link" }) : json({ title: "Used", detail: "It was used." }, 422);
  }
  const credential = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
  if (!good.has(credential)) return json({ title: "Refused", detail: "The credential is not valid" }, 401);
  return json({ kind: "token", tenant_id: 1, subject: "ada", roles: ["viewer", "operator"] });
}

function Desk() {
  const { subject, role, can, signOut } = useSession();
  const [text, setText] = useState("");
  return (
    <>
      <p>{`${subject} is ${role}, ${can("admin") ? "may" : "may not"} administrate`}</p>
      <input aria-label="Draft" value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <button onClick={signOut}>Leave</button>
    </>
  );
}

const open = () =>
  show(
    <QueryClientProvider client={new QueryClient()}>
      <SessionProvider>
        <Desk />
      </SessionProvider>
    </QueryClientProvider>,
  );
const field = () => screen.findByLabelText("Token, API key or sign-in link");

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  good.add("token-of-link").add("plk_1_good");
});
afterEach(() => {
  vi.unstubAllGlobals();
  setCredential(null);
  good.clear();
  location.hash = "";
});

describe("signing in", () => {
  it("takes a key, and signing out forgets it", async () => {
    await open();
    await userEvent.type(await field(), " Bearer plk_1_good ");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    expect(await screen.findByText("ada is operator, may not administrate")).toBeInTheDocument();
    expect(getCredential()).toBe("plk_1_good");
    await userEvent.click(screen.getByText("Leave"));
    await field();
    expect(getCredential()).toBeNull();
  });

  it("by a link takes the code out of the address", async () => {
    location.hash = "#sign-in=pls_1_once";
    await open();
    await screen.findByText(/ada is operator/);
    expect(getCredential()).toBe("token-of-link");
    expect(location.href).not.toContain("pls_");
  });

  it("says why it was refused", async () => {
    await open();
    await userEvent.type(await field(), "wrong");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("The credential is not valid");
  });
});

describe("a session that ends", () => {
  it("asks above the page, and keeps what was typed", async () => {
    setCredential("plk_1_good");
    await open();
    await userEvent.type(await screen.findByLabelText("Draft"), "half a sentence");
    good.delete("plk_1_good");
    await act(() => send(new Request("http://localhost/api/metadata/jobs")).catch(() => null));
    await userEvent.type(await field(), "token-of-link");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await waitFor(() => expect(screen.queryByText("Your session has ended")).not.toBeInTheDocument());
    expect(screen.getByLabelText("Draft")).toHaveValue("half a sentence");
    expect(getCredential()).toBe("token-of-link");
  });
});

describe("what opens a session", () => {
  it("is a link's code, whole or by itself, or anything else", () => {
    expect(linkCode("http://m/#sign-in=pls_1_a-b")).toBe("pls_1_a-b");
    expect(linkCode(" pls_1_ab ")).toBe("pls_1_ab");
    expect(linkCode("plk_1_ab")).toBeNull();
  });

  it("has a role that includes those before it", () => {
    expect([includes("admin", "viewer"), includes("operator", "admin")]).toEqual([true, false]);
  });
});
