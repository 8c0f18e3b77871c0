import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { APIRequestContext, Page } from "@playwright/test";

import { expect, token } from "./console";
import { connection, type Server } from "./servers";

// What tests of jobs and pipelines need before they can look at a page, asked of the API.

const BASE = "/api/metadata";
const headers = { authorization: `Bearer ${token}` };
const ENDED = /^(SUCCESS|PARTIAL|FAILED|CANCELLED)$/;

export async function read<Answer>(request: APIRequestContext, path: string): Promise<Answer> {
  const answer = await request.get(`${BASE}${path}`, { headers });
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as Answer;
}

export async function post<Answer>(request: APIRequestContext, path: string, data?: unknown): Promise<Answer> {
  const answer = await request.post(`${BASE}${path}`, data === undefined ? { headers } : { headers, data });
  expect(answer.status(), `${path}: ${await answer.text()}`).toBeLessThan(300);
  return (await answer.json()) as Answer;
}

/** Waits for the end of a job and answers how it ended. */
export async function ended(request: APIRequestContext, jobId: string): Promise<string> {
  let status = "";
  const ask = async () => (status = (await read<{ status: string }>(request, `/jobs/${jobId}`)).status);
  await expect.poll(ask, { message: `the end of job ${jobId}`, timeout: 120_000 }).toMatch(ENDED);
  return status;
}

interface Registration {
  name: string;
  database: string;
  writable?: boolean;
}

/** Registers a server of which only one database counts, and answers its id when that is known. */
export async function register(request: APIRequestContext, server: Server, it: Registration): Promise<number> {
  const made = await post<{ datasource: { id: number }; job_id: string }>(request, "/datasources", {
    ...connection(server),
    name: it.name,
    datasource_type: server === "postgres" ? "postgresql" : "mysql",
    ...(server === "postgres" ? { database: it.database } : {}),
    tls: { mode: "disable" },
    options: { include_databases: [it.database], writable: it.writable ?? true },
  });
  expect(await ended(request, made.job_id)).toBe("SUCCESS");
  return made.datasource.id;
}

/** Reads the tables of a database, and answers their ids by name. */
export async function scan(request: APIRequestContext, source: number, database: string): Promise<Map<string, number>> {
  const { job_id } = await post<{ job_id: string }>(request, "/scan/deep", { resource_id: source, database });
  expect(await ended(request, job_id)).toBe("SUCCESS");
  const query = `?resource_id=${source}&name=${encodeURIComponent(database)}`;
  const databases = await read<{ items: { id: number }[] }>(request, `/databases${query}`);
  const tables = await read<{ items: { id: number; table_name: string }[] }>(
    request,
    `/tables?database_id=${databases.items[0]?.id}`,
  );
  return new Map(tables.items.map((table) => [table.table_name, table.id]));
}

export interface Call {
  job_id: string;
  report_url: string;
}

export interface EtlService {
  url: string;
  /** The next call that comes; it has been answered already, as one that is taken. */
  called: () => Promise<Call>;
  report: (call: Call, body: object) => Promise<void>;
  close: () => Promise<void>;
}

/** A service of one's own that does an ETL: it takes what it is called for, and reports how it goes. */
export async function etlService(request: APIRequestContext): Promise<EtlService> {
  const calls: Call[] = [];
  const waiting: ((call: Call) => void)[] = [];
  const server: HttpServer = createServer((incoming, answer) => {
    let body = "";
    incoming.on("data", (piece: Buffer) => (body += piece.toString()));
    incoming.on("end", () => {
      const call = JSON.parse(body) as Call;
      const next = waiting.shift();
      if (next) next(call);
      else calls.push(call);
      answer.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/run`,
    called: () => {
      const call = calls.shift();
      return call ? Promise.resolve(call) : new Promise((resolve) => waiting.push(resolve));
    },
    report: async (call, data) => {
      const answer = await request.patch(call.report_url, { headers, data });
      expect(answer.status(), await answer.text()).toBe(200);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Opens pages in a language, whatever the browser's is. */
export async function speak(page: Page, language: "en" | "zh"): Promise<void> {
  await page.addInitScript((it) => localStorage.setItem("plumbline.language", it), language);
}

/** Throws where the page is loaded anew: what is awaited has to come by itself. */
export async function noReload(page: Page): Promise<() => Promise<void>> {
  const mark = await page.evaluate(() => ((globalThis as { mark?: number }).mark = Math.random()));
  return async () => {
    expect(await page.evaluate(() => (globalThis as { mark?: number }).mark), "loaded anew").toBe(mark);
  };
}
