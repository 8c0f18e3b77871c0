import type { Browser, CDPSession, Page } from "@playwright/test";
import { expect, settled, test, token } from "./console";
import { connection, mariadb, postgres, randomName } from "./servers";
import { type Timings, traced } from "./trace";
import { register } from "./work";

const PAGES = ["/", "/sources", "/manage", "/catalog", "/search?q=orders", "/pipelines", "/jobs", "/history", "/settings"];
const TABLES = 10_000;
const COLUMNS = 1_000;
const DATABASES = 2_000;
/** For how long a tree is scrolled. */
const SCROLL_MS = 4_000;

const lines: string[][] = [];
const round = (n: number) => (Number.isNaN(n) ? "" : String(Math.round(n)));
const kb = (bytes: number) => (bytes / 1000).toFixed(1);
const times = (it: Timings) => [round(it.firstPaint), round(it.largestPaint), round(it.blocking), round(it.longestTask)];

test.afterAll(() => {
  const widths = lines[0]?.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0))) ?? [];
  for (const line of lines) console.log(line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  "));
});

/** Bytes of bodies, as large as they come, and of all that comes with the heads of HTTP. */
interface Traffic {
  files: number;
  fileBytes: number;
  fileBytesWithHeads: number;
  answers: number;
  answerBytes: number;
}

/** Counts what comes over the network. */
async function traffic(session: CDPSession): Promise<Traffic> {
  const found = { files: 0, fileBytes: 0, fileBytesWithHeads: 0, answers: 0, answerBytes: 0 };
  const urls = new Map<string, string>();
  const heads = new Map<string, number>();
  session.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url));
  session.on("Network.responseReceived", ({ requestId, response }) => heads.set(requestId, response.encodedDataLength));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const isAnswer = /\/api\//.test(urls.get(requestId) ?? "");
    const body = encodedDataLength - (heads.get(requestId) ?? 0);
    found[isAnswer ? "answers" : "files"] += 1;
    found[isAnswer ? "answerBytes" : "fileBytes"] += body;
    if (!isAnswer) found.fileBytesWithHeads += encodedDataLength;
  });
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  return found;
}

test("first loads", async ({ browser, baseURL }) => {
  lines.push(["first load", "files", "KB (with heads)", "answers", "KB", "FCP ms", "LCP ms", "TBT ms", "longest task ms"]);
  for (const path of PAGES) {
    const context = await browser.newContext({ baseURL: baseURL ?? "", viewport: { width: 1280, height: 800 }, locale: "en-GB" });
    const page = await context.newPage();
    await page.addInitScript((it) => sessionStorage.setItem("plumbline.credential", it), token);
    const seen = await traffic(await context.newCDPSession(page));
    const timings = await traced(browser, page, async () => {
      await page.goto(path);
      await settled(page);
    });
    const weight = `${kb(seen.fileBytes)} (${kb(seen.fileBytesWithHeads)})`;
    lines.push([path, String(seen.files), weight, String(seen.answers), kb(seen.answerBytes), ...times(timings)]);
    await context.close();
  }
});

/** Clicks, and answers after how many milliseconds `selector` has been drawn. */
function opening(page: Page, from: string, selector: string): Promise<number> {
  const act = ([link, wanted]: [string, string]) =>
    new Promise<number>((resolve) => {
      const start = performance.now();
      document.querySelector<HTMLElement>(link)?.click();
      const look = () => {
        if (document.querySelector(wanted)) requestAnimationFrame(() => resolve(performance.now() - start));
        else requestAnimationFrame(look);
      };
      look();
    });
  return page.evaluate(act, [from, selector] as [string, string]);
}

/** Scrolls what has this role as a hand does, and answers the milliseconds of each frame. */
function scrolling(page: Page, role: string): Promise<number[]> {
  const act = ([role, duration]: [string, number]) => {
    const tree = document.querySelector(`[role="${role}"]`) as HTMLElement;
    const frames: number[] = [];
    return new Promise<number[]>((resolve) => {
      const start = performance.now();
      let before = start;
      const step = (now: number) => {
        if (now > before) frames.push(now - before);
        before = now;
        tree.scrollTop += 60;
        if (now - start < duration) requestAnimationFrame(step);
        else resolve(frames);
      };
      requestAnimationFrame(step);
    });
  };
  return page.evaluate(act, [role, SCROLL_MS] as [string, number]);
}

/** Notes how smoothly that goes. */
async function noteScrolling(browser: Browser, page: Page, what: string, role: string): Promise<void> {
  let frames: number[] = [];
  const scroll = await traced(browser, page, async () => {
    frames = await scrolling(page, role);
  });
  const sum = frames.reduce((all, it) => all + it, 0);
  const sorted = [...frames].sort((one, other) => one - other);
  const told = `${round((frames.length / sum) * 1000)} frames/s, 95 % under ${round(sorted[Math.floor(sorted.length * 0.95)] ?? 0)} ms`;
  lines.push([what, "", "", "", "", ...times(scroll), told]);
}

test(`a tree of ${TABLES} tables, and a table of ${COLUMNS} columns`, async ({ browser, signedIn: page, request }) => {
  const database = randomName("console_measure");
  const headers = { authorization: `Bearer ${token}` };
  const ask = async (path: string, data?: object) => {
    const answer = await (data ? request.post(path, { headers, data }) : request.get(path, { headers }));
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as Record<string, unknown>;
  };
  postgres(`CREATE DATABASE ${database}`);
  try {
    // In parts, for the locks of one transaction.
    for (let at = 0; at < TABLES; at += 500) {
      const name = `'t_' || lpad(i::text, 5, '0')`;
      const make = `EXECUTE format('CREATE TABLE %I (id int PRIMARY KEY, name text)', ${name})`;
      postgres(`DO $$ BEGIN FOR i IN ${at + 1}..${at + 500} LOOP ${make}; END LOOP; END $$`, database);
    }
    const columns = Array.from({ length: COLUMNS }, (_, at) => `col_${String(at + 1).padStart(4, "0")} int`);
    postgres(`CREATE TABLE a_wide (${columns.join(", ")})`, database);
    const login = connection("postgres");
    const options = { include_databases: [database] };
    const made = await ask("/api/metadata/datasources", { ...login, name: database, datasource_type: "postgresql", database, options });
    const source = (made.datasource as { id: number }).id;
    const databases = async () => (await ask(`/api/metadata/databases?resource_id=${source}`)).items as { id: number }[];
    await expect.poll(async () => (await databases()).length).toBe(1);
    const { scan_id: scan } = await ask("/api/metadata/scan/deep", { resource_id: source, database });
    await expect.poll(async () => (await ask(`/api/metadata/scan/status/${String(scan)}`)).status, { timeout: 300_000 }).toBe("SUCCESS");
    const id = (await databases())[0]?.id ?? 0;

    lines.push([], ["tree and table", "", "", "", "", "FCP ms", "LCP ms", "TBT ms", "longest task ms", "ms"]);
    await page.goto(`/catalog/database-${id}`);
    await settled(page);
    await page.getByRole("treeitem", { name: database }).last().click();
    const schema = page.getByRole("treeitem", { name: "public" });
    await expect(schema).toBeVisible();
    let took = 0;
    const toggle = `[role="treeitem"][id*="schema-${id}"] > span`;
    const open = await traced(browser, page, async () => {
      took = await opening(page, toggle, '[role="treeitem"][aria-level="4"][aria-setsize]');
    });
    lines.push([`open ${TABLES} tables`, "", "", "", "", ...times(open), round(took)]);
    took = await opening(page, '[role="treeitem"][aria-level="4"]', 'table[aria-rowcount="1001"] tbody tr[data-index="0"]');
    lines.push([`open ${COLUMNS} columns`, "", "", "", "", "", "", "", "", round(took)]);

    await noteScrolling(browser, page, "scroll the tree", "tree");
    // Before what it shows is gone.
    await page.close();
    await request.delete(`/api/metadata/datasources/${source}?confirm=${database}`, { headers });
  } finally {
    postgres(`DROP DATABASE ${database} WITH (FORCE)`);
  }
});

test(`a source of ${DATABASES} databases`, async ({ browser, signedIn: page, request }) => {
  const prefix = randomName("console_many");
  const names = Array.from({ length: DATABASES }, (_, at) => `${prefix}_${String(at + 1).padStart(4, "0")}`);
  const forEach = (statement: string) => mariadb(names.map((name) => `${statement} ${name};`).join("\n"));
  forEach("create database");
  try {
    const source = await register(request, "mariadb", { name: prefix, database: `${prefix}_*` });
    lines.push([], [`${DATABASES} databases`, "", "", "", "", "FCP ms", "LCP ms", "TBT ms", "longest task ms", "ms"]);

    await page.goto("/catalog");
    await settled(page);
    const toggle = `[role="treeitem"][id$="datasource-${source}"] > span`;
    await expect(page.locator(toggle).first()).toBeVisible();
    let took = 0;
    const open = await traced(browser, page, async () => {
      took = await opening(page, toggle, '[role="treeitem"][aria-level="2"][aria-setsize]');
    });
    lines.push(["open in the catalog", "", "", "", "", ...times(open), round(took)]);
    await noteScrolling(browser, page, "scroll the catalog", "tree");

    let shown = 0;
    const load = await traced(browser, page, async () => {
      const start = performance.now();
      await page.goto(`/manage?source=${source}`);
      await expect(page.getByRole("row").filter({ hasText: `${prefix}_0001` })).toBeVisible();
      shown = performance.now() - start;
    });
    lines.push(["load the page Manage", "", "", "", "", ...times(load), round(shown)]);
    await noteScrolling(browser, page, "scroll it", "treegrid");
    const filter = page.getByRole("textbox", { name: "Database" });
    const start = performance.now();
    await filter.fill(`${prefix}_1234`);
    await expect(page.getByRole("row").filter({ hasText: `${prefix}_1234` })).toBeVisible();
    lines.push(["filter it", "", "", "", "", "", "", "", "", round(performance.now() - start)]);
    await page.close();
    const headers = { authorization: `Bearer ${token}` };
    await request.delete(`/api/metadata/datasources/${source}?confirm=${prefix}`, { headers });
  } finally {
    forEach("drop database");
  }
});
