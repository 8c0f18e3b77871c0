import type { APIRequestContext, Locator, Page } from "@playwright/test";

import { accessible, expect, fits, pictures, settled, test } from "./console";
import { mariadb, postgres, randomName } from "./servers";
import { noReload, register, scan } from "./work";

function row(page: Page, name: string | RegExp): Locator {
  return page.getByRole("treegrid").getByRole("row").filter({ hasText: name });
}

/** A database with two tables and a view in each of two servers, registered but not read. */
async function shop(request: APIRequestContext, server: "mariadb" | "postgres") {
  const database = randomName("console_manage");
  const run = server === "postgres" ? postgres : mariadb;
  run(`create database ${database}`);
  run(
    `create table customers (id int primary key, full_name varchar(80));
     create table orders (id int primary key, customer_id int references customers (id));
     create view recent_orders as select * from orders`,
    database,
  );
  const name = `${database} ${server}`;
  const id = await register(request, server, { name, database });
  return { database, name, id, run, drop: () => run(`drop database ${database}`) };
}

async function choose(page: Page, database: string, tables: string[]): Promise<void> {
  await page.getByRole("button", { name: `Open ${database}`, exact: true }).click();
  for (const table of tables) await page.getByRole("checkbox", { name: new RegExp(`^Choose (public\\.)?${table}$`) }).check();
}

for (const server of ["mariadb", "postgres"] as const) {
  test(`two tables of a ${server} are managed, and their state changes by itself`, async ({ signedIn: page, request }) => {
    const it = await shop(request, server);
    try {
      await page.goto(`/manage?source=${it.id}`);
      await settled(page);
      const sameDocument = await noReload(page);
      await expect(row(page, it.database).filter({ hasText: "Not managed" })).toBeVisible();
      await choose(page, it.database, ["customers", "orders"]);
      await expect(page.getByText("2 tables chosen")).toBeVisible();
      await pictures(page, `manage-chosen-${server}`);

      await page.getByRole("button", { name: "Manage…" }).click();
      const dialog = page.getByRole("dialog", { name: "Manage these" });
      await dialog.getByRole("radio", { name: "Write" }).check();
      await expect(dialog.getByRole("switch", { name: /^Scan now/ })).toBeChecked();
      await pictures(page, `manage-dialog-${server}`);
      await dialog.getByRole("button", { name: "Manage", exact: true }).click();
      await expect(dialog).toBeHidden();

      const schema = server === "postgres" ? "public." : "";
      for (const table of ["customers", "orders"]) {
        const one = row(page, new RegExp(`^${schema}${table}`));
        await expect(one.getByText("Managed", { exact: true })).toBeVisible();
        await expect(one.getByText("Write", { exact: true })).toBeVisible();
      }
      await expect(row(page, "recent_orders").getByText("Not managed")).toBeVisible();
      await expect(row(page, it.database).nth(1)).toContainText("2 tables managed");
      await sameDocument();
      await page.screenshot({ path: `e2e/screenshots/manage-managed-${server}-light.png` });

      await page.getByRole("button", { name: `Actions for ${schema}customers` }).click();
      await page.getByRole("menuitem", { name: "Release" }).click();
      const release = page.getByRole("dialog", { name: /^Release / });
      await release.getByRole("button", { name: "Release" }).click();
      await expect(row(page, new RegExp(`^${schema}customers`)).getByText("Not managed")).toBeVisible();
    } finally {
      it.drop();
    }
  });
}

test("the tree is walked by keyboard, and a narrow window holds it", async ({ signedIn: page, request }) => {
  const it = await shop(request, "mariadb");
  try {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`/manage?source=${it.id}`);
    const source = row(page, it.name).first();
    await expect(row(page, it.database).nth(1)).toBeVisible();
    await source.focus();
    await page.keyboard.press("ArrowDown");
    await expect(row(page, it.database).nth(1)).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(row(page, "customers")).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await expect(page.getByRole("checkbox", { name: "Choose customers" })).toBeChecked();
    await page.keyboard.press("ArrowLeft");
    await expect(row(page, it.database).nth(1)).toBeFocused();
    await page.screenshot({ path: "e2e/screenshots/manage-chosen-light-390.png" });
    await fits(page);
    await accessible(page);
  } finally {
    it.drop();
  }
});

test("filters are the server's, and a name that is markup is text", async ({ signedIn: page, request }) => {
  const it = await shop(request, "mariadb");
  try {
    it.run("create table `<img src=x onerror=alert(1)>` (id int)", it.database);
    await page.goto(`/manage?source=${it.id}`);
    await page.getByRole("button", { name: `Open ${it.database}`, exact: true }).click();
    await page.getByRole("textbox", { name: "Table" }).fill("<img");
    await expect(row(page, /^<img src=x onerror=alert\(1\)>/)).toBeVisible();
    await expect(row(page, "customers")).toBeHidden();
    await page.getByRole("textbox", { name: "Database" }).fill("no such database");
    await expect(page.getByText("No databases with this name")).toBeVisible();
    await expect(page.locator('img[src="x"]')).toHaveCount(0);
  } finally {
    it.drop();
  }
});

test("a database that is gone when it is managed says so", async ({ signedIn: page, request, refusals }) => {
  refusals.add(502); // its tables can no longer be listed
  const it = await shop(request, "mariadb");
  await page.goto(`/manage?source=${it.id}`);
  await choose(page, it.database, ["orders"]);
  it.drop();
  await page.getByRole("button", { name: "Manage…" }).click();
  const dialog = page.getByRole("dialog", { name: "Manage these" });
  await dialog.getByRole("button", { name: "Manage", exact: true }).click();
  const one = row(page, /^orders/);
  await expect(one.getByText(/^(Failed|Removed)$/)).toBeVisible();
  await one.getByText(/^(Failed|Removed)$/).hover();
  await expect(page.getByRole("tooltip")).toContainText(it.database);
  await page.screenshot({ path: "e2e/screenshots/manage-gone-light.png" });
});

test("a change is found, and opens with before and after", async ({ signedIn: page, request }) => {
  const it = await shop(request, "postgres");
  try {
    await scan(request, it.id, it.database);
    it.run(
      `alter table customers alter column full_name type varchar(120);
       alter table customers add column <column> text;
       drop view recent_orders`.replace("<column>", '"<b>note</b>"'),
      it.database,
    );
    await scan(request, it.id, it.database);
    await page.goto(`/history?source=${it.id}`);
    await settled(page);
    const runs = page.getByRole("table", { name: "Sync history" });
    const found = runs.getByRole("row").filter({ hasText: "removed" });
    await expect(found).toContainText(`Deep scan: ${it.database}`);
    await page.screenshot({ path: "e2e/screenshots/history-runs-light.png" });
    await found.getByText("Deep scan").click();
    const run = page.getByRole("dialog", { name: `Run on ${it.name}` });
    const changes = run.getByRole("table", { name: "What it found different" });
    await expect(changes.getByRole("row").filter({ hasText: "<b>note</b>" })).toContainText("Added");
    await expect(changes.getByRole("row").filter({ hasText: "recent_orders" }).first()).toContainText("Removed");
    await pictures(page, "history-run");
    await changes.getByRole("row").filter({ hasText: "full_name" }).click();
    const change = page.getByRole("table", { name: "Before and after" });
    await expect(change.getByRole("columnheader", { name: "Before" })).toBeVisible();
    await expect(change.getByRole("row").filter({ hasText: "80" })).toContainText("120");
    await page.screenshot({ path: "e2e/screenshots/history-change-light.png" });
    await accessible(page);
    await page.keyboard.press("Escape");
    await expect(change).toBeHidden();
    await expect(run).toBeVisible();
  } finally {
    it.drop();
  }
});
