import { expect, fits, settled, test } from "./console";
import { ended, post, read } from "./work";

// What somebody sees who has typed the README's first command. Its two pictures are made here: see README.md beside this.
test("the sample shop shows what waits in it, and what its tables are", async ({ signedIn: page, request }) => {
  const find = (schema: string, table: string) =>
    read<{ table: { id: number } }>(
      request,
      `/lookup?source=demo-shop&database=plumbline_demo&schema=${schema}&table=${table}`,
    );
  const [sync, business] = await Promise.all([find("raw", "sync_orders"), find("report", "all_biz_orders")]);
  const pipeline = await post<{ id: number }>(request, "/pipelines", {
    name: "orders",
    sync_table_id: sync.table.id,
    biz_table_id: business.table.id,
    fill: { kind: "external" },
    delta: { method: "count" },
    etl: { kind: "http", url: "https://etl.example.com/orders" },
  });
  const { job_id: job } = await post<{ job_id: string }>(request, `/pipelines/${pipeline.id}/measure`);
  expect(await ended(request, job)).toBe("SUCCESS");

  await page.goto("/");
  await settled(page);
  await expect(page.getByRole("article", { name: "orders" }).getByText("20 rows waiting")).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/demo-overview-light.png" });
  await fits(page);

  await page.goto(`/catalog/table-${sync.table.id}`);
  await page.getByRole("searchbox").first().fill("custmer");
  await expect(page.getByRole("list", { name: "Results" }).getByRole("link", { name: /customers/ }).first()).toBeVisible();
  await page.getByRole("list", { name: "Results" }).getByRole("link", { name: /customers/ }).first().click();
  await expect(page.getByRole("heading", { level: 2, name: "customers" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "email" }).first()).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/demo-catalog-light.png" });
  await fits(page);
});
