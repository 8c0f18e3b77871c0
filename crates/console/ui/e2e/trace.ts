import type { Browser, Page } from "@playwright/test";

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  args?: { name?: string; data?: { isOutermostMainFrame?: boolean; isMainFrame?: boolean } };
}

/** In milliseconds. */
export interface Timings {
  firstPaint: number;
  largestPaint: number;
  /** Of each task of the page's main thread what is above 50 ms. */
  blocking: number;
  longestTask: number;
}

const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "loading", "blink.user_timing", "toplevel"];
const LONG_MS = 50;

/** What Chromium's own trace says of `act`. */
export async function traced(browser: Browser, page: Page, act: () => Promise<void>): Promise<Timings> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return timings(trace.traceEvents);
}

function timings(events: TraceEvent[]): Timings {
  const isPage = ({ args }: TraceEvent) => args?.data?.isOutermostMainFrame !== false && args?.data?.isMainFrame !== false;
  const last = (name: string) => events.filter((it) => it.name === name && isPage(it)).at(-1);
  const paint = last("firstContentfulPaint");
  const largest = last("largestContentfulPaint::Candidate");
  const start = events.filter((it) => it.name === "navigationStart" && it.pid === paint?.pid && it.ts <= paint.ts).at(-1);
  const since = (it: TraceEvent | undefined) => (it && start ? (it.ts - start.ts) / 1000 : Number.NaN);
  const thread = mainThread(events, paint);
  const tasks = events
    .filter((it) => it.name.endsWith("RunTask") && it.pid === thread?.pid && it.tid === thread.tid)
    .map((it) => (it.dur ?? 0) / 1000);
  return {
    firstPaint: since(paint),
    largestPaint: since(largest),
    blocking: tasks.reduce((sum, task) => sum + Math.max(0, task - LONG_MS), 0),
    longestTask: Math.max(0, ...tasks),
  };
}

/** The main thread of the process that painted; without a load, of the one that was busiest. */
function mainThread(events: TraceEvent[], paint: TraceEvent | undefined): TraceEvent | undefined {
  const threads = events.filter((it) => it.name === "thread_name" && it.args?.name === "CrRendererMain");
  const busy = ({ pid, tid }: TraceEvent) => events.filter((it) => it.pid === pid && it.tid === tid).length;
  return threads.find((it) => it.pid === paint?.pid) ?? threads.sort((one, other) => busy(other) - busy(one))[0];
}
