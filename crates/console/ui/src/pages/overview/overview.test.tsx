import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { SessionContext } from "../../session/context";
import { show } from "../../testing/render";
import type { Job, Overview, OverviewPipeline } from "../../work";
import OverviewPage from ".";

const AT = "2026-01-02T03:04:05Z";

function job(id: string, job_type: string, status: Job["status"], version: number): Job {
  return {
    id,
    job_type,
    status,
    version,
    target_scope: "pipeline:1",
    trigger: "manual",
    attempt: 1,
    parameters: {},
    result: null,
    queued_at: AT,
    records_processed: 100,
    records_failed: 0,
    records_total: 400,
    seconds_left: 30,
  };
}

function pipeline(pending: number, last_jobs: OverviewPipeline["last_jobs"]): OverviewPipeline {
  return {
    id: 1,
    name: "orders",
    fill: { kind: "sql" },
    etl: { kind: "sql" },
    problems: 0,
    last_synced_at: AT,
    last_processed_at: null,
    freshness: "late",
    sync_freshness: "fresh",
    etl_freshness: "late",
    pending_rows: pending,
    measured_at: AT,
    method: "key",
    last_jobs,
  };
}

/** What the service would answer; the tests change it. */
let overview: Overview;
let events: ((text: string) => void) | undefined;
const posted: string[] = [];

function stream(): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      events = (text) => controller.enqueue(new TextEncoder().encode(text));
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

function tell(state: Job): void {
  events?.(`id: ${state.version}\ndata: ${JSON.stringify(state)}\n\n`);
}

function answer(request: Request): Response {
  const { pathname } = new URL(request.url);
  if (request.method === "POST") {
    posted.push(pathname);
    return Response.json({ pipeline_id: 1, job_id: "job-1", status: "QUEUED" }, { status: 202 });
  }
  if (pathname.endsWith("/events")) return stream();
  if (pathname === "/api/metadata/overview") return Response.json(overview);
  if (pathname === "/api/metadata/jobs/job-1") return Response.json(job("job-1", "SQL_ETL", "QUEUED", 1));
  return Response.json({ items: [], next_cursor: null });
}

async function open(language: "en" | "zh", role = "operator") {
  const session = {
    tenant: 1,
    role: "operator" as const,
    subject: "ada",
    expiresAt: null,
    can: (wanted: string) => role !== "viewer" && wanted !== "admin",
    signOut: () => undefined,
  };
  await show(
    <SessionContext.Provider value={session}>
      <OverviewPage />
    </SessionContext.Provider>,
    { language },
  );
  return screen.findByRole("article", { name: "orders" });
}

beforeEach(() => {
  posted.length = 0;
  events = undefined;
  overview = {
    sources: [
      {
        id: 5,
        datasource_name: "<b>shop</b>",
        datasource_type: "mysql",
        sync_status: "failed",
        error_message: "\nAccess denied for user 'reader'\nask for SELECT",
        databases: 2,
        tables: 12,
        records: null,
        paused: false,
        last_sync_at: AT,
      },
    ],
    pipelines: [pipeline(512, [])],
    groups: [
      { name: "Sync", tables: 3, records: 1200 },
      { name: "Business", tables: 2, records: null },
      { name: "Mine", tables: 7, records: 9 },
    ],
    failures: [
      {
        job_id: "job-0",
        job_type: "SQL_ETL",
        status: "FAILED",
        target_scope: "pipeline:1",
        error: "relation does not exist",
        completed_at: AT,
        records_failed: 0,
      },
    ],
  };
  vi.stubGlobal("fetch", async (request: Request) => answer(request));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the overview", () => {
  it.each([
    ["en", "512 rows waiting", "Run ETL", "0 rows waiting"],
    ["zh", "512 行待处理", "运行 ETL", "0 行待处理"],
  ] as const)("in %s says what waits, runs the ETL and follows it to its end", async (language, waiting, run, none) => {
    const user = userEvent.setup();
    const card = await open(language);
    expect(within(card).getByText(waiting)).toBeInTheDocument();

    await user.click(within(card).getByRole("button", { name: new RegExp(run) }));
    expect(posted).toEqual(["/api/metadata/pipelines/1/run-etl"]);
    await waitFor(() => expect(events).toBeDefined());
    tell(job("job-1", "SQL_ETL", "RUNNING", 2));
    expect(await within(card).findByText("25%")).toBeInTheDocument();

    overview = { ...overview, pipelines: [pipeline(0, [])] };
    tell(job("job-1", "SQL_ETL", "SUCCESS", 3));
    expect(await within(card).findByText(none)).toBeInTheDocument();
    expect(within(card).queryByText("25%")).not.toBeInTheDocument();
  });

  it("names groups in the language, and those of the tenant as the tenant does", async () => {
    await open("zh");
    expect(screen.getByText("同步")).toBeInTheDocument();
    expect(screen.getByText("Mine")).toBeInTheDocument();
  });

  it("shows the first line of what failed, and names as text", async () => {
    await open("en");
    expect(screen.getByText("relation does not exist")).toBeInTheDocument();
    expect(screen.getByText("Access denied for user 'reader'")).toBeInTheDocument();
    expect(screen.getByRole("article", { name: "<b>shop</b>" })).toBeInTheDocument();
    await userEvent.setup().click(screen.getByRole("button", { name: /^Retry/ }));
    expect(posted).toEqual(["/api/metadata/jobs/job-0/retry"]);
  });

  it("starts nothing for a viewer", async () => {
    const card = await open("en", "viewer");
    const button = within(card).getByRole("button", { name: /Run ETL/ });
    expect(button).toHaveAttribute("aria-disabled", "true");
    await userEvent.setup().click(button);
    expect(posted).toEqual([]);
    expect(screen.queryByRole("button", { name: /^Retry/ })).not.toBeInTheDocument();
  });
});
