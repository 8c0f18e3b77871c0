import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { getCredential, onSessionEnd, setCredential } from "./credential";
import { ProblemError } from "./problem";
import { send } from "./send";

const fetched = vi.fn<(request: Request) => Promise<Response>>();

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  setCredential("plk_1_good");
});
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
  setCredential(null);
});

const request = () => new Request("http://localhost/api/metadata/jobs");
const caught = () => send(request()).then(() => null, (error: unknown) => error as ProblemError);
function problem(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}

describe("send", () => {
  it("brings the session's credential", async () => {
    fetched.mockResolvedValue(new Response("{}"));
    await send(request());
    expect(fetched.mock.calls[0]?.[0].headers.get("authorization")).toBe("Bearer plk_1_good");
  });

  it("throws a problem with its document", async () => {
    const document = {
      type: "/problems/validation-failed",
      title: "Some values have to be changed",
      status: 422,
      detail: "1 field has to be changed",
      request_id: "01a",
      errors: [{ pointer: "/tls/mode", detail: "is required" }],
    };
    fetched.mockResolvedValue(problem(422, document));
    const error = await caught();
    expect(error).toBeInstanceOf(ProblemError);
    expect(error?.problem).toEqual(document);
    expect(error?.kind).toBe("validation-failed");
    expect(error?.fieldErrors()).toEqual({ "tls.mode": "is required" });
  });

  it("says when it may be tried again", async () => {
    fetched.mockResolvedValue(problem(429, { title: "Too often", detail: "go on in 3 s" }, { "retry-after": "3" }));
    expect((await caught())?.retryAfter).toBe(3);
  });

  it("makes a problem of what a proxy answers, and of no answer", async () => {
    const headers = { "content-type": "text/html", "x-request-id": "01b" };
    fetched.mockResolvedValue(new Response("<h1>", { status: 502, statusText: "Bad Gateway", headers }));
    expect((await caught())?.problem).toMatchObject({ status: 502, title: "Bad Gateway", request_id: "01b" });
    fetched.mockRejectedValue(new TypeError("Failed to fetch"));
    expect(await caught()).toMatchObject({ status: 0, kind: "unreachable" });
  });

  it("tells that the session has ended, but not of a credential of before", async () => {
    const ended = vi.fn();
    const stop = onSessionEnd(ended);
    fetched.mockResolvedValue(problem(401, { title: "No", detail: "no" }));
    await caught();
    expect(ended).toHaveBeenCalledTimes(1);
    fetched.mockImplementation(() => {
      setCredential("plk_1_newer");
      return Promise.resolve(problem(401, { title: "No", detail: "no" }));
    });
    await caught();
    expect(ended).toHaveBeenCalledTimes(1);
    expect(getCredential()).toBe("plk_1_newer");
    stop();
  });
});
