import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { show } from "../testing/render";
import { useLiveJob } from "./use-job";

const ends = vi.fn<(status: string) => void>();

/** What the API answers for the job, and how often it was asked. */
let status: string;
let asked: number;
/** Sends an event, once there is a stream. */
let tell: ((event: string) => void) | undefined;

function answer(request: Request): Response {
  const { pathname } = new URL(request.url);
  if (!pathname.endsWith("/events")) {
    asked += 1;
    if (status === "") return Response.json({ title: "There is no such job.", status: 404 }, { status: 404 });
    return Response.json({ id: "a", version: asked, status, attempt: 1, attempts: [] });
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      tell = (event) => controller.enqueue(new TextEncoder().encode(event));
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

function Line() {
  const job = useLiveJob("a", (end) => ends(end.status));
  return <p>{job?.status ?? "unknown"}</p>;
}

const wait = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", async (request: Request) => answer(request));
  ends.mockReset();
  asked = 0;
  status = "RUNNING";
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("a job that ended before the stream began is heard of, once", async () => {
  await show(<Line />);
  await wait(10);
  expect(screen.getByText("RUNNING")).toBeInTheDocument();
  status = "SUCCESS";
  tell?.("id: 0\nevent: open\ndata: {}\n\n");
  await wait(10);
  expect(screen.getByText("SUCCESS")).toBeInTheDocument();
  expect(ends.mock.calls).toEqual([["SUCCESS"]]);
  const before = asked;
  await wait(60_000);
  expect(asked).toBe(before);
  expect(ends).toHaveBeenCalledTimes(1);
});

it("a job is asked for while there is no stream, and one that is none only once", async () => {
  await show(<Line />);
  await wait(10);
  status = "FAILED";
  await wait(4_000);
  expect(ends.mock.calls).toEqual([["FAILED"]]);

  status = "";
  asked = 0;
  await show(<Line />);
  await wait(60_000);
  expect(asked).toBe(1);
});
