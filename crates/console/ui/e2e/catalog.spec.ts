import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { accessible, expect, fits, pictures, settled, test, token } from "./console";
import { connection, postgres, randomName } from "./servers";

type Texts = Record<string, Record<string, string>>;

/** The words of a page in a language, as its file has them. */
function texts(language: string, namespace: string): Texts {
  const file = new URL(`../src/i18n/${language}/${namespace}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as Texts;
}

async function speak(page: Page, language: string) {
  await page.addInitScript((it) => localStorage.setItem("plumbline.language", it), language);
}

/** Goes down in the tree, key by key, until the entry of this name is the active one. */
async function goDownTo(tree: Locator, name: string) {
  const entry = tree.getByRole("treeitem").filter({ has: tree.page().getByTitle(name, { exact: true }) });
  await expect(entry).toBeVisible();
  const wanted = await entry.getAttribute("id");
  await expect(tree).toHaveAttribute("aria-activedescendant", /./);
  for (;;) {
    const active = await tree.getAttribute("aria-activedescendant");
    if (active === wanted) return;
    await tree.press("ArrowDown");
    await expect(tree).not.toHaveAttribute("aria-activedescendant", active ?? "");
  }
}

for (const language of ["en", "zh"] as const) {
  const words = texts(language, "catalog");
  const { tabs = {}, tree = {}, copy = {}, rows = {}, relations = {} } = words;
  const search = texts(language, "search");
  const common = texts(language, "common");

  test.describe(language, () => {
    test("a table is opened from the tree by keys, and shows what is known of it", async ({ signedIn: page }) => {
      await speak(page, language);
      await page.goto("/catalog");
      await settled(page);
      const entries = page.getByRole("tree", { name: tree.label });
      await entries.focus();
      for (const holder of ["demo-shop", "plumbline_demo", "shop"]) {
        await goDownTo(entries, holder);
        await entries.press("ArrowRight");
      }
      await goDownTo(entries, "orders");
      await entries.press("Enter");
      await expect(page.getByRole("heading", { level: 2, name: "orders" })).toBeVisible();
      await expect(page).toHaveURL(/\/catalog\/table-\d+$/);
      await expect(page.getByRole("treeitem", { name: "orders", selected: true })).toBeVisible();

      const columns = page.getByRole("table", { name: tabs.columns });
      await expect(columns.getByRole("row", { name: /placed_at/ })).toContainText("timestamp");
      await pictures(page, `catalog-table-${language}`);

      await page.getByRole("tab", { name: tabs.keys }).click();
      await expect(page.getByRole("cell", { name: "orders_customer_id_fkey" })).toBeVisible();
      await expect(page.getByRole("cell", { name: "shop.customers (id)" })).toBeVisible();

      await page.getByRole("tab", { name: tabs.relations }).click();
      const diagram = page.getByRole("group", { name: (relations.label ?? "").replace("{{name}}", "orders") });
      // ELK is large, and reckons in a worker.
      await expect(diagram.getByRole("link", { name: "customers" })).toBeVisible();
      await expect(diagram.getByText("order_lines")).toBeVisible();
      await pictures(page, `catalog-relations-${language}`);
      // The address says all of it: the same again in a new page.
      await page.goto(page.url());
      await expect(diagram.getByRole("link", { name: "customers" })).toBeVisible();
      await diagram.getByRole("link", { name: "customers" }).click();
      await expect(page.getByRole("heading", { level: 2, name: "customers" })).toBeVisible();
    });

    test("a table is found by a misspelt name, shows rows, and is copied", async ({ signedIn: page, context }) => {
      await speak(page, language);
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.goto("/");
      await settled(page);
      await page.keyboard.press("/");
      await page.keyboard.type("snyc_ordres");
      const found = page.getByRole("list", { name: String(search.results) }).getByRole("link");
      await expect(found.first()).toContainText("sync_orders");
      await expect(found.first().locator("mark").first()).toBeVisible();
      await pictures(page, `search-results-${language}`);
      await page.keyboard.press("ArrowDown");
      await expect(found.first()).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { level: 2, name: "sync_orders" })).toBeVisible();

      await page.getByRole("tab", { name: tabs.rows }).click();
      const sample = page.getByRole("table", { name: (rows.label ?? "").replace("{{name}}", "sync_orders") });
      await expect(sample.getByRole("row").nth(1)).toBeVisible();
      await page.screenshot({ path: `e2e/screenshots/catalog-rows-light-${language}.png` });
      await accessible(page);

      await page.getByRole("button", { name: copy.as }).click();
      await page.getByRole("menuitem", { name: "CREATE TABLE" }).click();
      await expect(page.getByRole("alert").filter({ hasText: copy.done })).toBeVisible();
      const statement = await page.evaluate(() => navigator.clipboard.readText());
      expect(statement).toMatch(/^CREATE TABLE "raw"\."sync_orders" \(/);
      await page.getByRole("button", { name: copy.as }).click();
      await page.getByRole("menuitem", { name: "CSV" }).click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^field_position,field_name,/);

      // The language changes where one is, and nothing is lost by it.
      const other = language === "en" ? "zh" : "en";
      const { language: menu = {} } = common;
      await page.getByRole("button", { name: menu.label }).click();
      await page.getByRole("menuitem", { name: other === "en" ? "English" : "中文" }).click();
      await expect(page.getByRole("tab", { name: texts(other, "catalog").tabs?.rows })).toHaveAttribute("aria-selected", "true");
    });
  });
}

test.describe("what a server may have", () => {
  const database = randomName("console_names");
  const html = `<img src=x onerror=alert(1)> "quoted"`;
  const long = "l".repeat(63);
  test.beforeAll(() => {
    postgres(`CREATE DATABASE ${database}`);
    postgres(
      `CREATE TABLE "${html.replaceAll('"', '""')}" (id int PRIMARY KEY, "<b>bold</b>" text);
       COMMENT ON TABLE "${html.replaceAll('"', '""')}" IS '<script>alert(1)</script>';
       CREATE TABLE ${long} (${"c".repeat(63)} int);
       CREATE TABLE "客户订单" ("金额" numeric(12,2));
       COMMENT ON TABLE "客户订单" IS '客户的订单，含税金额';
       CREATE TABLE short_lived (id int)`,
      database,
    );
  });
  test.afterAll(() => {
    postgres(`DROP DATABASE ${database} WITH (FORCE)`);
  });

  test("names of any kind are text, and what is gone says so where it is open", async ({ signedIn: page, request }) => {
    const headers = { authorization: `Bearer ${token}` };
    const ask = async (path: string, data?: object) => {
      const answer = await (data ? request.post(path, { headers, data }) : request.get(path, { headers }));
      expect(answer.ok(), await answer.text()).toBe(true);
      return (await answer.json()) as Record<string, unknown>;
    };
    const registered = await ask("/api/metadata/datasources", {
      name: database,
      datasource_type: "postgresql",
      database: "postgres",
      ...connection("postgres"),
    });
    const source = (registered.datasource as { id: number }).id;
    const databases = () => ask(`/api/metadata/databases?resource_id=${source}&q=${database}`);
    await expect.poll(async () => ((await databases()).items as unknown[]).length).toBe(1);
    const scan = async () => {
      const { scan_id: id } = await ask("/api/metadata/scan/deep", { resource_id: source, database });
      await expect.poll(async () => (await ask(`/api/metadata/scan/status/${String(id)}`)).status).toBe("SUCCESS");
    };
    await scan();

    await page.goto(`/search?q=${encodeURIComponent("客户订单")}&resource_id=${source}`);
    await page.getByRole("list", { name: "Results" }).getByRole("link").first().click();
    await expect(page.getByRole("heading", { level: 2, name: "客户订单" })).toBeVisible();
    await expect(page.getByText("客户的订单，含税金额")).toBeVisible();
    const tree = page.getByRole("tree");
    await tree.getByRole("treeitem", { name: long.slice(0, 20) }).click();
    await expect(page.getByRole("heading", { level: 2, name: long })).toBeVisible();
    await page.screenshot({ path: "e2e/screenshots/catalog-long-name-light.png" });
    await fits(page);
    await tree.getByRole("treeitem", { name: "onerror" }).click();
    await expect(page.getByRole("heading", { level: 2, name: html })).toBeVisible();
    await expect(page.getByText("<script>alert(1)</script>")).toBeVisible();
    await page.screenshot({ path: "e2e/screenshots/catalog-html-name-light.png" });

    await tree.getByRole("treeitem", { name: "short_lived" }).click();
    await expect(page.getByRole("heading", { level: 2, name: "short_lived" })).toBeVisible();
    postgres("DROP TABLE short_lived", database);
    await scan();
    await expect(page.getByRole("alert")).toContainText("This is no longer there");
    await page.screenshot({ path: "e2e/screenshots/catalog-removed-light.png" });
    await accessible(page);
    const removed = await request.delete(`/api/metadata/datasources/${source}?confirm=${database}`, { headers });
    expect(removed.ok(), await removed.text()).toBe(true);
  });
});

test("an address that nothing has any more says so", async ({ signedIn: page, refusals }) => {
  refusals.add(404);
  await page.goto("/catalog/table-999999999");
  await expect(page.getByRole("alert")).toContainText("There is no such table");
  await page.screenshot({ path: "e2e/screenshots/catalog-no-such-table-light.png" });
});
