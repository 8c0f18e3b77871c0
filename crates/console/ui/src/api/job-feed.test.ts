import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setCredential } from "./credential";
import { JobFeed } from "./job-feed";

const fetched = vi.fn<(request: Request) => Promise<Response>>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  fetched.mockReset();
  setCredential(null);
});

type State = [id: string, version: number, status: string];

function text(states: State[]): string {
  const events = states.map(([id, version, status]) => `id: ${version}\ndata: ${JSON.stringify({ id, version, status })}\n\n`);
  return `id: 0\nevent: open\ndata: {}\n\n${events.join("")}`;
}

/** A stream that ends after these states. */
function stream(...states: State[]): Response {
  return new Response(text(states), { headers: { "content-type": "text/event-stream" } });
}

/** One that goes on, and says nothing more. */
function silent(...states: State[]): Response {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(text(states))),
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

/** What a feed of its own tells until it has asked so many times. */
async function hear(times: number): Promise<string[]> {
  const heard: string[] = [];
  const feed = new JobFeed();
  const leave = feed.listen({
    onJob: (job, before) => heard.push(`${job.id} ${before?.status ?? "-"} ${job.status}`),
    onOpen: () => heard.push("open"),
  });
  while (fetched.mock.calls.length < times) await vi.advanceTimersByTimeAsync(1_000);
  await vi.advanceTimersByTimeAsync(1);
  leave();
  return heard;
}

describe("the stream of all jobs", () => {
  it("goes on after a cut where it was", async () => {
    fetched
      .mockResolvedValueOnce(stream(["a", 1, "QUEUED"], ["a", 2, "RUNNING"]))
      .mockRejectedValueOnce(new TypeError("Failed to fetch"))
      .mockResolvedValueOnce(silent(["a", 2, "RUNNING"], ["a", 3, "SUCCESS"]));
    expect(await hear(3)).toEqual(["open", "a - QUEUED", "a QUEUED RUNNING", "open", "a RUNNING SUCCESS"]);
    const ids = fetched.mock.calls.map(([request]) => request.headers.get("last-event-id"));
    expect(ids).toEqual([null, "2", "2"]);
  });

  it("is begun anew when it has been silent for long", async () => {
    fetched.mockResolvedValueOnce(silent(["a", 1, "RUNNING"])).mockResolvedValueOnce(silent());
    const before = Date.now();
    expect(await hear(2)).toEqual(["open", "a - RUNNING", "open"]);
    expect(Date.now() - before).toBeGreaterThanOrEqual(45_000);
  });

  it("waits as long as the service asks", async () => {
    const busy = new Response("{}", { status: 429, headers: { "retry-after": "60" } });
    fetched.mockResolvedValueOnce(busy).mockResolvedValueOnce(silent(["a", 1, "FAILED"]));
    const before = Date.now();
    expect(await hear(2)).toEqual(["open", "a - FAILED"]);
    expect(Date.now() - before).toBeGreaterThanOrEqual(45_000);
  });

  it("waits for a new session when that of before has ended", async () => {
    setCredential("old");
    fetched.mockResolvedValueOnce(new Response("{}", { status: 401 })).mockResolvedValueOnce(silent());
    const heard = hear(2);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(fetched).toHaveBeenCalledTimes(1);
    setCredential("new");
    expect(await heard).toEqual(["open"]);
    expect(fetched.mock.lastCall?.[0].headers.get("authorization")).toBe("Bearer new");
  });
});
