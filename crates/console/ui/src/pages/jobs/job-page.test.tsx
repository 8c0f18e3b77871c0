import { screen, waitFor } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { SessionContext } from "../../session/context";
import { show } from "../../testing/render";
import type { JobDetails } from "../../work";
import Jobs from ".";

const AT = "2026-01-02T03:04:05Z";
const RUNNING: JobDetails = {
  id: "job-1",
  job_type: "SQL_SYNC",
  status: "RUNNING",
  version: 2,
  target_scope: "pipeline:1",
  trigger: "pipeline",
  attempt: 1,
  parameters: {},
  result: null,
  queued_at: AT,
  started_at: AT,
  records_processed: 1,
  records_failed: 0,
  records_total: 4,
  pipeline_id: 1,
  attempts: [{ attempt: 1, started_at: AT, worker: "worker-a" }],
};
const ENDED: JobDetails = {
  ...RUNNING,
  status: "PARTIAL",
  version: 9,
  records_processed: 3,
  records_failed: 1,
  completed_at: "2026-01-02T03:04:15Z",
  error_details: "1 row was refused",
  result: { cost: { statements: 2, rows: 4, bytes: 2048, seconds: 0.5 } },
  attempts: [{ attempt: 1, started_at: AT, ended_at: AT, worker: "worker-a", outcome: "PARTIAL" }],
};

let job: JobDetails;
let end: (() => void) | undefined;

function answer(request: Request): Response {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith("/failed-rows")) {
    const row = { id: 1, job_id: "job-1", row_key: "id=7", reason: "too long for name", created_at: AT };
    return Response.json({ items: [row], next_cursor: null });
  }
  if (!pathname.endsWith("/events")) {
    if (pathname.endsWith("/job-1")) return Response.json(job);
    const problem = {
      type: "/problems/job-not-found",
      title: "There is no such job.",
      status: 404,
      detail: "no job has this id",
      request_id: "req-1",
    };
    return Response.json(problem, { status: 404, headers: { "content-type": "application/problem+json" } });
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      end = () => {
        job = ENDED;
        const { attempts: _, ...state } = ENDED;
        controller.enqueue(new TextEncoder().encode(`id: 9\ndata: ${JSON.stringify(state)}\n\n`));
      };
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

async function open(at: string) {
  const session = {
    tenant: 1,
    role: "operator" as const,
    subject: "ada",
    expiresAt: null,
    can: () => true,
    signOut: () => undefined,
  };
  await show(
    <SessionContext.Provider value={session}>
      <Routes>
        <Route path="/jobs/:id" element={<Jobs />} />
      </Routes>
    </SessionContext.Provider>,
    { at },
  );
}

beforeEach(() => {
  job = RUNNING;
  end = undefined;
  vi.stubGlobal("fetch", async (request: Request) => answer(request));
});
afterEach(() => vi.unstubAllGlobals());

it("follows a run to its end, with its attempts, its cost and the rows that it could not write", async () => {
  await open("/jobs/job-1");
  expect(await screen.findByText("25%")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: /^Stop/ })).toBeEnabled();
  await waitFor(() => expect(end).toBeDefined());
  end?.();
  expect(await screen.findByText("1 row was refused")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /^Stop/ })).not.toBeInTheDocument();
  expect(screen.getByRole("button", { name: /^Retry/ })).toBeEnabled();
  expect(screen.getByText("Cost on the data source")).toBeInTheDocument();
  expect(await screen.findByRole("table", { name: "Rows that could not be written" })).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Show the pipeline" })).toHaveAttribute("href", "/pipelines/1");
});

it("says that there is no such job, with the id of the request", async () => {
  await open("/jobs/gone");
  expect(await screen.findByText("no job has this id")).toBeInTheDocument();
  expect(screen.getByText("req-1")).toBeInTheDocument();
});
