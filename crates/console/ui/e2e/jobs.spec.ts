import type { Page } from "@playwright/test";

import { accessible, expect, fits, pictures, settled, test, token } from "./console";
import { connection, mariadb, postgres, randomName } from "./servers";
import { post, register, scan, speak } from "./work";

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
}

test.describe("a job that failed", () => {
  test("tells why by its first line, and goes well when it is mended and done again", async ({ signedIn: page, request }) => {
    const database = randomName("console_jobs");
    const name = `${database} orders`;
    mariadb(`create database ${database}`);
    mariadb("create table sync_orders (id bigint primary key); create table biz_orders (id bigint primary key)", database);
    mariadb("insert into sync_orders select seq from seq_1_to_64", database);
    const source = await register(request, "mariadb", { name: `${database} shop`, database });
    const tables = await scan(request, source, database);
    const pipeline = await post<{ id: number }>(request, "/pipelines", {
      name,
      sync_table_id: tables.get("sync_orders"),
      biz_table_id: tables.get("biz_orders"),
      fill: { kind: "external" },
      // A view that somebody has forgotten to make.
      etl: { kind: "sql", statement: "insert into biz_orders select id from wanted_orders" },
      delta: { method: "key", sync_column: "id", biz_column: "id" },
    });

    await open(page, `/pipelines/${pipeline.id}`);
    await page.getByRole("button", { name: `Run ETL: ${name}` }).click();
    await expect(page.getByRole("table", { name: "Runs" }).getByText("Failed", { exact: true }).last()).toBeVisible();
    await page.getByRole("link", { name: "Overview", exact: true }).click();
    const failure = page.getByRole("listitem").filter({ hasText: name });
    await expect(failure).toContainText(/wanted_orders.*doesn't exist/);
    await pictures(page, "overview-failure", { fullPage: true });

    // The whole of it is on the page of the job.
    await failure.getByRole("link", { name: "SQL ETL" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /SQL ETL/ })).toContainText("Failed");
    await expect(page.getByRole("alert").filter({ hasText: "Why it failed" })).toContainText("wanted_orders");
    await expect(page.getByRole("link", { name })).toBeVisible();
    await pictures(page, "job-failed", { fullPage: true });
    await page.setViewportSize({ width: 390, height: 800 });
    await expect(() => fits(page)).toPass({ timeout: 60_000 });
    await page.screenshot({ path: "e2e/screenshots/job-failed-light-390.png", fullPage: true });
    await page.setViewportSize({ width: 1280, height: 800 });

    mariadb("create view wanted_orders as select id from sync_orders", database);
    await page.getByRole("link", { name: "Overview", exact: true }).click();
    await failure.getByRole("button", { name: `Retry: SQL ETL, ${name}` }).click();
    await expect(failure).toHaveCount(0);
    await expect(page.getByRole("article", { name }).getByText("0 rows waiting")).toBeVisible();
    expect(mariadb("select count(*) from biz_orders", database)).toBe("64");

    await page.getByRole("link", { name: "Jobs", exact: true }).click();
    const last = page.getByRole("row").filter({ hasText: name }).filter({ hasText: "SQL ETL" }).first();
    await expect(last).toContainText("Succeeded");
    await last.getByRole("link", { name: "SQL ETL" }).click();
    await page.getByRole("link", { name: "Show the job before" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /SQL ETL/ })).toContainText("Failed");
  });

  test("can be done again from its own page, also without a mouse", async ({ signedIn: page, request }) => {
    const name = randomName("console_role");
    const database = randomName("console_jobs");
    postgres(`create database ${database}`);
    // A login that the server does not know yet.
    const made = await post<{ job_id: string }>(request, "/datasources", {
      ...connection("postgres"),
      username: name,
      password: "a password of its own",
      database,
      name,
      datasource_type: "postgresql",
      tls: { mode: "disable" },
      options: { include_databases: [database] },
    });
    await speak(page, "zh");
    await open(page, `/jobs/${made.job_id}`);
    const heading = page.getByRole("heading", { level: 1 });
    await expect(heading).toContainText("失败");
    await expect(page.getByRole("alert").filter({ hasText: "失败原因" })).toContainText(name);
    await page.screenshot({ path: "e2e/screenshots/job-failed-light-zh.png", fullPage: true });

    postgres(`create role ${name} login password 'a password of its own'`);
    await page.getByRole("button", { name: `重试：数据库同步，${name}` }).focus();
    await page.keyboard.press("Enter");
    await expect(heading).toContainText("成功");
    expect(page.url()).not.toContain(made.job_id);
    await page.screenshot({ path: "e2e/screenshots/job-succeeded-light-zh.png", fullPage: true });
    await accessible(page);
  });
});

test("a run from outside is followed live, and stopped by who asks first", async ({ signedIn: page, request }) => {
  const scope = randomName("console_outside");
  const headers = { authorization: `Bearer ${token}` };
  const job = await post<{ id: string }>(request, "/jobs", { job_type: "AI_ETL", target_scope: scope, records_total: 1000 });
  const report = (data: object) => request.patch(`/api/metadata/jobs/${job.id}`, { headers, data });
  await open(page, `/jobs/${job.id}`);
  await report({ records_processed: 250, message: "orders of the north" });
  await expect(page.getByText("25%")).toBeVisible();
  await expect(page.getByText("orders of the north")).toBeVisible();
  await report({ records_processed: 500, message: "orders of the south" });
  await expect(page.getByText("50%")).toBeVisible();
  await pictures(page, "job-running", { fullPage: true });

  await page.getByRole("button", { name: `Stop: AI ETL, ${scope}` }).click();
  const dialog = page.getByRole("dialog", { name: "Stop this job?" });
  await expect(dialog).toContainText(scope);
  await page.screenshot({ path: "e2e/screenshots/job-stop-light.png" });
  await dialog.getByRole("button", { name: "Stop the job" }).click();
  await expect(page.getByText(/Somebody has asked to stop this job/)).toBeVisible();
  await report({ status: "CANCELLED" });
  await expect(page.getByRole("heading", { level: 1, name: /AI ETL/ })).toContainText("Cancelled");
});

test("the list of jobs is filtered, and remembers it in its address", async ({ signedIn: page, request }) => {
  const scope = randomName("console_filter");
  const ended = { job_type: "BACKUP", target_scope: scope, status: "FAILED", error_details: "the disk is full\nand more" };
  await post(request, "/jobs", ended);
  await open(page, "/jobs");
  const table = page.getByRole("table", { name: "Jobs" });
  await page.getByRole("combobox", { name: "State" }).click();
  await page.getByRole("option", { name: "Failed" }).click();
  await page.getByRole("combobox", { name: "Works on" }).fill(scope);
  await page.getByRole("option", { name: new RegExp(scope) }).click();
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table.getByRole("row").last()).toContainText("the disk is full");
  await expect(page).toHaveURL(new RegExp(`status=FAILED.*scope=${scope}`));
  await page.reload();
  await settled(page);
  await expect(table.getByRole("row")).toHaveCount(2);
  await page.screenshot({ path: "e2e/screenshots/jobs-filtered-light.png" });
  await page.getByRole("combobox", { name: "Type" }).click();
  await page.getByRole("option", { name: "Metabase sync" }).click();
  await expect(page.getByText("No job fits these filters")).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/jobs-nothing-light.png" });
  await accessible(page);
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(page).toHaveURL(/\/jobs$/);
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(() => fits(page)).toPass({ timeout: 60_000 });
  await page.screenshot({ path: "e2e/screenshots/jobs-light-390.png" });
});
