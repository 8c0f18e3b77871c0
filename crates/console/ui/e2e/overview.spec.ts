import type { Page } from "@playwright/test";

import { accessible, expect, fits, settled, test, token } from "./console";
import { randomName } from "./servers";
import { post, speak } from "./work";

const headers = { authorization: `Bearer ${token}` };

async function open(page: Page, path = "/"): Promise<void> {
  await page.goto(path);
  await settled(page);
}

/** What the pages about work read; who is signed in is asked as ever. */
const WORK = /\/api\/metadata\/(overview|pipelines|jobs|datasources)\b/;

/** Answers each question about work with a problem. */
async function refuse(page: Page, status: number, detail: string, more: Record<string, string> = {}): Promise<void> {
  await page.route(WORK, (route) =>
    route.fulfill({
      status,
      headers: { ...more },
      contentType: "application/problem+json",
      body: JSON.stringify({ type: "/problems/test", title: "Refused", status, detail, request_id: "req-7" }),
    }),
  );
}

test.describe("groups of tables", () => {
  test.afterEach(async ({ request }) => {
    // None of one's own: the usual ones come back.
    await request.put("/api/metadata/overview/groups", { headers, data: { groups: [] } });
  });

  for (const { language, scheme, edit, add, name, prefixes, save, usual } of [
    {
      language: "en",
      scheme: "light",
      edit: "Edit groups",
      add: "Add a group",
      name: "Name of the group",
      prefixes: "Names begin with",
      save: "Save",
      usual: "Back to the usual groups",
    },
    {
      language: "zh",
      scheme: "dark",
      edit: "编辑分组",
      add: "添加分组",
      name: "分组名称",
      prefixes: "名称前缀",
      save: "保存",
      usual: "恢复默认分组",
    },
  ] as const) {
    test(`are edited on the overview (${language})`, async ({ signedIn: page, refusals }) => {
      refusals.add(422);
      await page.emulateMedia({ colorScheme: scheme });
      await speak(page, language);
      await open(page);
      await page.getByRole("button", { name: edit }).click();
      const dialog = page.getByRole("dialog", { name: edit });
      await dialog.getByRole("button", { name: add }).click();
      await dialog.getByRole("button", { name: save }).click();
      // A group without a name is refused by the service, at the field.
      const field = dialog.getByRole("textbox", { name });
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await field.fill("Shop <b>of</b> the demo");
      await dialog.getByRole("combobox", { name: prefixes }).fill("shop.");
      await page.keyboard.press("Enter");
      await page.screenshot({ path: `e2e/screenshots/overview-groups-${scheme}-${language}.png` });
      await accessible(page);
      await dialog.getByRole("button", { name: save }).click();
      await expect(dialog).toBeHidden();
      await expect(page.getByRole("article", { name: "Shop <b>of</b> the demo" })).toBeVisible();

      await page.getByRole("button", { name: edit }).click();
      await dialog.getByRole("button", { name: usual }).click();
      await dialog.getByRole("button", { name: save }).click();
      await expect(page.getByRole("article", { name: "Shop <b>of</b> the demo" })).toHaveCount(0);
    });
  }
});

test("figures that cannot be read anew stay, with their age and the reason", async ({ signedIn: page, refusals }) => {
  refusals.add(503);
  await open(page);
  await refuse(page, 503, "The store cannot be reached.");
  await page.getByRole("button", { name: "Read again" }).click();
  const alert = page.getByRole("alert").first();
  await expect(alert).toContainText("reading it anew did not work");
  await expect(alert).toContainText("The store cannot be reached.");
  await expect(alert).toContainText("req-7");
  await expect(page.getByRole("article", { name: "demo-shop" })).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/overview-stale-light.png" });
  await accessible(page);
  await page.unroute(WORK);
  await alert.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("who asks too often is told when to ask again", async ({ signedIn: page, refusals }) => {
  refusals.add(429);
  for (const path of ["/", "/pipelines", "/jobs"]) {
    await refuse(page, 429, "You ask too often.", { "retry-after": "30" });
    await page.goto(path);
    await expect(page.getByRole("alert").first()).toContainText(/Try again in \d+ seconds/);
    await expect(page.getByRole("button", { name: "Retry" }).first()).toBeDisabled();
    await page.screenshot({ path: `e2e/screenshots/too-often-${path === "/" ? "overview" : path.slice(1)}-light.png` });
    await accessible(page);
  }
});

test("a viewer sees all, and is told what takes another role", async ({ page, request }) => {
  const job = { job_type: "BACKUP", target_scope: randomName("console_viewer"), status: "FAILED", error_details: "full" };
  const { id } = await post<{ id: string }>(request, "/jobs", job);
  const made = await post<{ key: string }>(request, "/auth/keys", { name: randomName("viewer"), role: "viewer" });
  await page.addInitScript((key) => sessionStorage.setItem("plumbline.credential", key), made.key);
  await open(page);
  const sync = page.getByRole("article", { name: "demo-shop" }).getByRole("button", { name: /^Sync now/ });
  await expect(sync).toHaveAttribute("aria-disabled", "true");
  await sync.hover();
  await expect(page.getByRole("tooltip")).toContainText("operator");
  await expect(page.getByRole("button", { name: "Edit groups" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Retry/ })).toHaveCount(0);
  await page.screenshot({ path: "e2e/screenshots/overview-viewer-light.png", fullPage: true });
  await accessible(page);
  await open(page, "/pipelines");
  await expect(page.getByRole("button", { name: "New pipeline" })).toHaveCount(0);
  await accessible(page);
  await open(page, `/jobs/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Failed");
  await expect(page.getByRole("button", { name: /^(Retry|Stop)/ })).toHaveCount(0);
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(() => fits(page)).toPass({ timeout: 60_000 });
});
