import type { Locator, Page } from "@playwright/test";

import { accessible, expect, fits, pictures, settled, test, token } from "./console";
import { connection, hasServer, mariadb, postgres, randomName, type Server } from "./servers";
import { post, register, speak } from "./work";

async function openDialog(page: Page): Promise<Locator> {
  await page.goto("/sources");
  await settled(page);
  await page.getByRole("button", { name: "Register a source" }).first().click();
  return page.getByRole("dialog", { name: "Register a source" });
}

/** Types where a server is and how to sign in to it, as somebody would. */
async function fill(dialog: Locator, server: Server, password: string): Promise<void> {
  const { host, port, username } = connection(server);
  if (server === "postgres") await dialog.getByText("PostgreSQL", { exact: true }).click();
  await dialog.getByRole("textbox", { name: "Host" }).fill(host);
  await dialog.getByRole("textbox", { name: "Port" }).fill(String(port));
  await dialog.getByRole("textbox", { name: "Login" }).fill(username);
  await dialog.getByLabel("Password", { exact: true }).fill(password);
}

/** Leaves all but one database of the server out. */
async function only(page: Page, dialog: Locator, database: string): Promise<void> {
  await dialog.getByRole("button", { name: "Which databases, and limits" }).click();
  const input = dialog.getByRole("combobox", { name: "Only databases" });
  await input.fill(database);
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(database, { exact: true })).toBeVisible();
}

async function testConnection(dialog: Locator): Promise<void> {
  await dialog.getByRole("button", { name: "Test the connection" }).click();
}

for (const server of ["mariadb", "postgres"] as const) {
  test(`a ${server} server is registered by its dialog, and its databases are listed`, async ({ signedIn: page }) => {
    const database = randomName("console_sources");
    const run = server === "postgres" ? postgres : mariadb;
    run(`create database ${database}`);
    run("create table parts (id int primary key, name varchar(80))", database);
    try {
      const dialog = await openDialog(page);
      await fill(dialog, server, "not the password");
      await testConnection(dialog);
      await expect(dialog.getByText("The connection does not work yet.")).toBeVisible();
      const refused = dialog.getByTestId("step-authenticate");
      await expect(refused.getByRole("img", { name: "Failed" })).toBeVisible();
      await expect(refused).toContainText("check user name, password");
      await expect(dialog.getByTestId("step-connect").getByRole("img", { name: "Succeeded" })).toBeVisible();
      await expect(dialog.getByTestId("step-privileges").getByRole("img", { name: "Not tried" })).toBeVisible();
      await pictures(page, `source-refused-${server}`);

      // What was found out about another password says nothing of this one.
      await dialog.getByLabel("Password", { exact: true }).fill(connection(server).password);
      await expect(refused).toBeHidden();
      await testConnection(dialog);
      await expect(dialog.getByText("The connection works.")).toBeVisible();
      await page.screenshot({ path: `e2e/screenshots/source-tested-${server}-light.png` });

      await dialog.getByRole("button", { name: "Register", exact: true }).click();
      const name = dialog.getByRole("textbox", { name: "Name" });
      await expect(name).toBeFocused();
      await expect(dialog.getByText("Give it a name.")).toBeVisible();
      await name.fill(`${database} server`);
      await only(page, dialog, database);
      await dialog.getByRole("button", { name: "Register", exact: true }).click();

      await expect(page).toHaveURL(/\/sources\/\d+$/);
      await expect(page.getByRole("heading", { name: `${database} server` })).toBeVisible();
      await expect(page.getByRole("link", { name: database, exact: true })).toBeVisible();
      await expect(page.getByText("Synchronised", { exact: true })).toBeVisible();
      await pictures(page, `source-${server}`);
      await page.getByRole("link", { name: "All sources" }).click();
      await expect(page.getByRole("link", { name: `${database} server` })).toBeVisible();
    } finally {
      run(`drop database ${database}`);
    }
  });
}

// Not every machine can have a MySQL: tests/servers says so, and why.
if (hasServer("mysql")) {
  test("a MySQL is tested by the same dialog", async ({ signedIn: page }) => {
    const dialog = await openDialog(page);
    await fill(dialog, "mysql", connection("mysql").password);
    await testConnection(dialog);
    await expect(dialog.getByText("The connection works.")).toBeVisible();
    await expect(dialog.getByTestId("step-version")).toContainText(/MySQL/i);
  });
}

test("a server that nobody listens on is told as such, on a narrow and dark page too", async ({ browser }) => {
  const context = await browser.newContext({ colorScheme: "dark", viewport: { width: 390, height: 800 } });
  await context.addInitScript((credential) => sessionStorage.setItem("plumbline.credential", credential), token);
  const page = await context.newPage();
  await speak(page, "zh");
  await page.goto("/sources");
  await settled(page);
  await page.getByRole("button", { name: "注册数据源" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "主机" }).fill("127.0.0.1");
  await dialog.getByRole("textbox", { name: "端口" }).fill("9");
  await dialog.getByRole("textbox", { name: "账号" }).fill("reader");
  await dialog.getByRole("button", { name: "测试连接" }).click();
  const step = dialog.getByTestId("step-connect");
  await expect(step.getByRole("img", { name: "失败" })).toBeVisible();
  await expect(step).toContainText("127.0.0.1:9");
  await page.screenshot({ path: "e2e/screenshots/source-unreachable-dark-zh-390.png" });
  await accessible(page);
  await fits(page);
  await context.close();
});

test("a source is paused, resumed, changed, scheduled and deleted", async ({ signedIn: page, request }) => {
  const database = randomName("console_life");
  mariadb(`create database ${database}`);
  try {
    const name = `${database} <img src=x onerror=alert(1)>`;
    const id = await register(request, "mariadb", { name, database });
    await page.goto(`/sources/${id}`);
    await expect(page.getByRole("heading", { name })).toBeVisible();
    const menu = page.getByRole("button", { name: `Actions for ${name}` });

    await menu.click();
    await page.getByRole("menuitem", { name: "Pause" }).click();
    await expect(page.getByText("This source is paused")).toBeVisible();
    await expect(page.getByRole("button", { name: "Sync now" })).toBeDisabled();
    await page.screenshot({ path: "e2e/screenshots/source-paused-light.png" });
    await menu.click();
    await page.getByRole("menuitem", { name: "Resume" }).click();
    await expect(page.getByText("This source is paused")).toBeHidden();

    await menu.click();
    await page.getByRole("menuitem", { name: "Edit" }).click();
    const dialog = page.getByRole("dialog", { name: `Edit ${name}` });
    await dialog.getByRole("button", { name: "Test the connection" }).click();
    await expect(dialog.getByText("The connection works.")).toBeVisible();
    const longName = `${database} ${"n".repeat(200 - database.length - 1)}`;
    await dialog.getByRole("textbox", { name: "Name" }).fill(longName);
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("heading", { name: longName })).toBeVisible();
    await fits(page);

    await page.getByRole("tab", { name: "Schedules" }).click();
    await page.getByRole("button", { name: "Add a schedule" }).click();
    const schedule = page.getByRole("dialog", { name: "Add a schedule" });
    await schedule.getByRole("combobox", { name: "How often" }).click();
    await page.getByRole("option", { name: "Every week" }).click();
    await schedule.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Every week: Monday, 02:00")).toBeVisible();
    await page.screenshot({ path: "e2e/screenshots/source-schedules-long-name-light.png" });
    await accessible(page);

    await page.getByRole("button", { name: `Actions for ${longName}` }).click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    const confirm = page.getByRole("dialog");
    const remove = confirm.getByRole("button", { name: "Delete" });
    await expect(remove).toBeDisabled();
    await confirm.getByRole("textbox").fill(longName);
    await page.screenshot({ path: "e2e/screenshots/source-delete-light.png" });
    await remove.click();
    await expect(page).toHaveURL(/\/sources$/);
    await expect(page.getByRole("link", { name: longName })).toBeHidden();
  } finally {
    mariadb(`drop database ${database}`);
  }
});

test("names that are markup are shown as they are", async ({ signedIn: page, request }) => {
  const database = `${randomName("console_html")}<img src=x onerror=alert(1)>`;
  mariadb(`create database \`${database}\``);
  try {
    const id = await register(request, "mariadb", { name: database, database: `${database.slice(0, 20)}*` });
    await page.goto(`/sources/${id}`);
    await expect(page.getByRole("link", { name: database, exact: true })).toBeVisible();
    await page.getByRole("textbox", { name: "Filter databases" }).fill("no such <b>name</b>");
    await expect(page.getByText("No database contains “no such <b>name</b>”")).toBeVisible();
    await expect(page.locator('img[src="x"], main b')).toHaveCount(0);
  } finally {
    mariadb(`drop database \`${database}\``);
  }
});

test("a source that is deleted while its page is open says so", async ({ signedIn: page, request, refusals }) => {
  refusals.add(404);
  const name = randomName("console_gone");
  const id = await register(request, "mariadb", { name, database: name });
  await page.goto(`/sources/${id}`);
  await expect(page.getByRole("heading", { name })).toBeVisible();
  // Nothing but the click tells the page.
  let go = () => {};
  const clicked = new Promise<void>((resolve) => (go = resolve));
  await page.route(`**/api/metadata/datasources/${id}`, async (route) => {
    await clicked;
    await route.continue();
  });
  const headers = { authorization: `Bearer ${token}` };
  const answer = await request.delete(`/api/metadata/datasources/${id}?confirm=${name}`, { headers });
  expect(answer.ok()).toBe(true);
  await page.getByRole("button", { name: "Sync now" }).click();
  go();
  const alert = page.getByRole("alert").filter({ hasText: "This source does not exist, or has been deleted" });
  await expect(alert).toContainText(`there is no data source ${id}`);
  await expect(page.getByRole("link", { name: "All sources" })).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/source-gone-light.png" });
});

test("what was read stays with its age while the service is away", async ({ signedIn: page, refusals }) => {
  refusals.add(503);
  await page.clock.install();
  await page.goto("/sources");
  await expect(page.getByRole("link", { name: "demo-shop" })).toBeVisible();
  const detail = "meta does not answer at present.";
  const problem = { type: "/problems/unavailable", title: "Away", status: 503, detail, request_id: "request-503" };
  await page.route("**/api/manager/datasources?**", (route) =>
    route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify(problem) }),
  );
  await page.clock.fastForward("02:00");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText(detail);
  await expect(alert).toContainText("request-503");
  await expect(page.getByRole("link", { name: "demo-shop" })).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/sources-stale-light.png" });
  await page.unroute("**/api/manager/datasources?**");
  await alert.getByRole("button", { name: "Retry" }).click();
  await expect(alert).toBeHidden();
});

test("whoever asks too much is told when to try again", async ({ signedIn: page, request, refusals }) => {
  refusals.add(429);
  const name = randomName("console_busy");
  const id = await register(request, "mariadb", { name, database: name });
  await page.route("**/api/metadata/sync/auto", (route) =>
    route.fulfill({
      status: 429,
      contentType: "application/problem+json",
      headers: { "retry-after": "7" },
      body: JSON.stringify({ type: "/problems/rate-limited", title: "Too many", status: 429, detail: "Too many requests." }),
    }),
  );
  await page.goto(`/sources/${id}`);
  await page.getByRole("button", { name: "Sync now" }).click();
  const note = page.getByRole("alert");
  await expect(note).toContainText("Too many requests.");
  await expect(note).toContainText("7 seconds");
  await post(request, "/sync/auto", { resource_id: id, force: true });
});

test("a viewer looks at sources and is offered nothing else", async ({ page, request }) => {
  const key = await post<{ key: string }>(request, "/auth/keys", { name: randomName("viewer"), role: "viewer" });
  await page.addInitScript((credential) => sessionStorage.setItem("plumbline.credential", credential), key.key);
  await page.goto("/sources");
  await page.getByRole("link", { name: "demo-shop" }).click();
  await expect(page.getByRole("link", { name: "plumbline_demo", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /Register|Sync now|Actions for/ })).toHaveCount(0);
  await accessible(page);
});
