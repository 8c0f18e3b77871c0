import type { APIRequestContext, Page } from "@playwright/test";

import { accessible, expect, fits, settled, test, token } from "./console";
import { mariadb, postgres, randomName } from "./servers";
import { etlService, noReload, post, register, scan, speak, type EtlService } from "./work";

const ROWS = 512;
const headers = { authorization: `Bearer ${token}` };

interface Flow {
  database: string;
  source: string;
  shop: string;
  name: string;
  syncTable: number;
  bizTable: number;
}

/** A sync table in PostgreSQL and a business table in MariaDB, registered and read. */
async function tables(request: APIRequestContext): Promise<Flow> {
  const database = randomName("console_flow");
  const [source, shop] = [`${database} warehouse`, `${database} shop`];
  postgres(`create database ${database}`);
  postgres("create table sync_orders (id bigint primary key, total numeric(10,2) not null)", database);
  mariadb(`create database ${database}`);
  mariadb("create table biz_orders (order_id bigint primary key, total decimal(10,2) not null)", database);
  const syncSource = await register(request, "postgres", { name: source, database });
  const bizSource = await register(request, "mariadb", { name: shop, database });
  const syncTable = (await scan(request, syncSource, database)).get("sync_orders") ?? 0;
  const bizTable = (await scan(request, bizSource, database)).get("biz_orders") ?? 0;
  return { database, source, shop, name: `${database} orders`, syncTable, bizTable };
}

/** New rows in the sync table, after those that are there. */
function arrive(flow: Flow): void {
  postgres(
    `insert into sync_orders select n, n * 0.5 from generate_series(
       (select coalesce(max(id), 0) + 1 from sync_orders),
       (select coalesce(max(id), 0) + ${ROWS} from sync_orders)) n`,
    flow.database,
  );
}

/** What an ETL of one's own does: it brings the rows that the business table lacks. */
function process(flow: Flow): void {
  const rows = postgres("select '(' || string_agg(id || ',' || total, '),(') || ')' from sync_orders", flow.database);
  mariadb(`insert ignore into biz_orders values ${rows}`, flow.database);
}

async function choose(page: Page, name: string, option: string, within = page.getByRole("dialog")): Promise<void> {
  const box = within.getByRole("combobox", { name, exact: true });
  await box.fill(option);
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** Makes the pipeline of a flow by the dialog. */
async function make(page: Page, flow: Flow, url: string): Promise<void> {
  await page.getByRole("button", { name: "New pipeline" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New pipeline" });
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill(flow.name);
  const ends = [
    { legend: "Sync table", source: flow.source, table: "public.sync_orders" },
    { legend: "Business table", source: flow.shop, table: "biz_orders" },
  ];
  for (const { legend, source, table } of ends) {
    const part = dialog.getByRole("group", { name: legend, exact: true });
    await choose(page, "Data source", source, part);
    await choose(page, "Database", flow.database, part);
    await choose(page, "Table", table, part);
  }
  await dialog.getByRole("combobox", { name: "Filled by" }).click();
  await page.getByRole("option", { name: "Program outside" }).click();
  await dialog.getByRole("combobox", { name: "Made by" }).click();
  await page.getByRole("option", { name: "Call of a service (HTTP)" }).click();
  await dialog.getByRole("textbox", { name: "Address of the service" }).fill(url);
  await dialog.getByRole("combobox", { name: "Column of the sync table 1" }).fill("id");
  await dialog.getByRole("combobox", { name: "Column of the business table 1" }).fill("no_such_column");
  await dialog.getByRole("button", { name: "Create" }).click();
  // What the service finds wrong stands at its field, which has the focus.
  const wrong = dialog.getByRole("combobox", { name: "Column of the business table 1" });
  await expect(wrong).toHaveAccessibleDescription(/no_such_column/);
  await expect(wrong).toBeFocused();
  await page.screenshot({ path: "e2e/screenshots/pipeline-refused-light.png" });
  await wrong.fill("order_id");
  await wrong.press("Tab"); // its list of columns would lie above the button
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name: new RegExp(flow.name) })).toBeVisible();
}

async function makeByApi(request: APIRequestContext, flow: Flow, url: string): Promise<{ id: number }> {
  return post(request, "/pipelines", {
    name: flow.name,
    sync_table_id: flow.syncTable,
    biz_table_id: flow.bizTable,
    fill: { kind: "external" },
    etl: { kind: "http", url },
    delta: { method: "key", sync_column: "id", biz_column: "order_id" },
    target: { etl_seconds: 3600 },
  });
}

const LANGUAGES = [
  {
    language: "en",
    overview: "Overview",
    pipelines: "Pipelines",
    waiting: "512 rows waiting",
    none: "0 rows waiting",
    measure: "Measure",
    run: "Run ETL",
    synced: "Last synchronised",
    processed: "Last processed",
    running: "Running",
    recently: /Last processed(just now|\d+ seconds? ago)/,
    scheme: "light",
  },
  {
    language: "zh",
    overview: "概览",
    pipelines: "数据管道",
    waiting: "512 行待处理",
    none: "0 行待处理",
    measure: "测量",
    run: "运行 ETL",
    synced: "上次同步",
    processed: "上次处理",
    running: "运行中",
    recently: /上次处理(刚刚|\d+\s*秒钟?前)/,
    scheme: "dark",
  },
] as const;

for (const words of LANGUAGES) {
  test.describe(`rows that wait (${words.language})`, () => {
    test.use({ colorScheme: words.scheme });
    const look = `${words.scheme}-${words.language}`;
    let service: EtlService;

    test.beforeEach(async ({ request }) => {
      service = await etlService(request);
    });
    test.afterEach(() => service.close());

    test("are shown, processed by a click, and gone without a reload", async ({ signedIn: page, request, refusals }) => {
      const flow = await tables(request);
      await speak(page, words.language);
      await page.goto("/pipelines");
      await settled(page);
      if (words.language === "en") {
        refusals.add(422); // of a column that is none
        await make(page, flow, service.url);
      } else {
        await makeByApi(request, flow, service.url);
        await page.reload();
        await page.getByRole("link", { name: flow.name }).click();
      }
      const notReloaded = await noReload(page);

      arrive(flow);
      await page.getByRole("button", { name: new RegExp(`^${words.measure}`) }).click();
      await expect(page.getByText(words.waiting, { exact: true })).toBeVisible();
      await page.screenshot({ path: `e2e/screenshots/pipeline-${look}.png`, fullPage: true });
      await accessible(page);

      // The list of pipelines and the overview say the same.
      await page.getByRole("link", { name: words.pipelines, exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: words.pipelines, exact: true })).toBeVisible();
      const row = page.getByRole("article", { name: flow.name });
      await expect(row.getByText(words.waiting, { exact: true })).toBeVisible();
      await page.screenshot({ path: `e2e/screenshots/pipelines-waiting-${look}.png`, fullPage: true });
      await page.getByRole("link", { name: words.overview, exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: words.overview, exact: true })).toBeVisible();
      const card = page.getByRole("article", { name: flow.name });
      await expect(card.getByText(words.waiting, { exact: true })).toBeVisible();
      await expect(card.getByText(words.synced)).toBeVisible();
      await expect(card.getByText(words.processed)).toBeVisible();
      await card.scrollIntoViewIfNeeded();
      await page.screenshot({ path: `e2e/screenshots/overview-waiting-${look}.png` });

      await card.getByRole("button", { name: new RegExp(`^${words.run}`) }).click();
      const call = await service.called();
      await service.report(call, { records_total: ROWS, records_processed: ROWS / 2 });
      await expect(card.getByRole("status").getByText(words.running)).toBeVisible();
      await expect(card.getByText("50%")).toBeVisible();
      await expect(card.getByText(/^256 \/ 512/)).toBeVisible();
      await page.screenshot({ path: `e2e/screenshots/overview-running-${look}.png` });
      await accessible(page);

      process(flow);
      await service.report(call, { status: "SUCCESS", records_processed: ROWS });
      await expect(card.getByText(words.none, { exact: true })).toBeVisible();
      await expect(card).toContainText(words.recently);
      expect(mariadb("select count(*) from biz_orders", flow.database)).toBe(String(ROWS));
      await page.getByRole("link", { name: words.pipelines, exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: words.pipelines, exact: true })).toBeVisible();
      await expect(row.getByText(words.none, { exact: true })).toBeVisible();
      await notReloaded();
      await fits(page);
      await page.setViewportSize({ width: 390, height: 800 });
      // What was laid out for a wide window takes a moment to find its place.
      await expect(() => fits(page)).toPass({ timeout: 60_000 });
      await page.screenshot({ path: `e2e/screenshots/pipelines-${look}-390.png`, fullPage: true });
      await accessible(page);
    });
  });
}

test("a pipeline is edited, keeps what others changed, and is deleted by its name", async ({
  signedIn: page,
  request,
  refusals,
}) => {
  refusals.add(412);
  const flow = await tables(request);
  const made = await makeByApi(request, flow, "http://127.0.0.1:1/run");
  await page.goto(`/pipelines/${made.id}`);
  await settled(page);
  await page.getByRole("button", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog", { name: `Edit “${flow.name}”` });
  await dialog.getByRole("textbox", { name: "Rows that start the ETL" }).fill("700");
  // Somebody else is faster.
  const changed = await request.patch(`/api/metadata/pipelines/${made.id}`, { headers, data: { threshold: 900 } });
  expect(changed.status(), await changed.text()).toBe(200);
  await dialog.getByRole("button", { name: "Save" }).click();
  const conflict = dialog.getByRole("alert").filter({ hasText: "has changed since" });
  await expect(conflict).toBeVisible();
  await conflict.scrollIntoViewIfNeeded();
  await page.screenshot({ path: "e2e/screenshots/pipeline-changed-meanwhile-light.png" });
  await conflict.getByRole("button", { name: "Save my changes" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("700", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Delete" }).click();
  const asks = page.getByRole("dialog", { name: `Delete ${flow.name}?` });
  await expect(asks.getByRole("button", { name: "Delete" })).toBeDisabled();
  await asks.getByRole("textbox").fill(flow.name);
  await page.screenshot({ path: "e2e/screenshots/pipeline-delete-light.png" });
  await accessible(page);
  await asks.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Pipelines" })).toBeVisible();
  await expect(page.getByRole("article", { name: flow.name })).toHaveCount(0);
});
