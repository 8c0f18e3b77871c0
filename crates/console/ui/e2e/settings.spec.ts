import { accessible, expect, fits, pictures, settled, test, token } from "./console";
import { randomName } from "./servers";

test("an API key is made, shown once, works, and is revoked", async ({ signedIn: page, request }) => {
  const name = `${randomName("export")} <b>nightly</b>`;
  await page.goto("/settings/keys");
  await settled(page);
  await page.getByRole("button", { name: "Create a key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(dialog.getByText("Say what it is for.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("radio", { name: "Operator" }).check();
  await page.screenshot({ path: "e2e/screenshots/settings-key-dialog-light.png" });
  await accessible(page);
  await dialog.getByRole("button", { name: "Create" }).click();
  const secret = dialog.getByRole("textbox", { name: "Key" });
  await expect(secret).toHaveValue(/^plk_/);
  const key = await secret.inputValue();
  await accessible(page);
  await page.screenshot({ path: "e2e/screenshots/settings-key-made-light.png" });
  const read = () => request.get("/api/metadata/datasources", { headers: { authorization: `Bearer ${key}` } });
  expect((await read()).status()).toBe(200);
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByText(key)).toHaveCount(0);

  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Valid");
  await pictures(page, "settings-keys");
  await row.getByRole("button", { name: `Revoke ${name}` }).click();
  const confirm = page.getByRole("dialog", { name: `Revoke ${name}?` });
  await confirm.getByRole("textbox").fill(name);
  await confirm.getByRole("button", { name: "Revoke" }).click();
  await expect(row).toHaveCount(0);
  await expect.poll(async () => (await read()).status()).toBe(401);
  await page.getByRole("switch", { name: "Show revoked keys" }).check();
  await expect(row).toContainText("Revoked");
});

test("a sign-in link is made for somebody", async ({ signedIn: page }) => {
  await page.goto("/settings/sign-in");
  await page.getByRole("textbox", { name: "For whom" }).fill("ada");
  await page.getByRole("button", { name: "Create a link" }).click();
  const link = page.getByRole("textbox", { name: "Link for ada" });
  await expect(link).toHaveValue(/#sign-in=pls_/);
  await page.screenshot({ path: "e2e/screenshots/settings-sign-in-link-light.png", fullPage: true });
  await accessible(page);
});

test("schedules and what runs here are told, on a narrow page too", async ({ signedIn: page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto("/settings");
  await expect(page.getByRole("table", { name: "Schedules" })).toContainText("Every day at");
  await fits(page);
  await accessible(page);
  for (const [tab, words] of [["API keys", "Create a key"], ["Sign-in", "You are signed in"], ["About", "What the service needs"]] as const) {
    await page.getByRole("tab", { name: tab }).click();
    await expect(page.getByText(words).first()).toBeVisible();
    await fits(page);
  }
  await expect(page.getByText("Ready").first()).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/settings-about-light-390.png", fullPage: true });
  await accessible(page);
});

test("a viewer is told whom to ask for keys", async ({ page, request }) => {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await request.post("/api/metadata/auth/keys", { headers, data: { name: randomName("viewer"), role: "viewer" } });
  const { key } = (await answer.json()) as { key: string };
  await page.addInitScript((credential) => sessionStorage.setItem("plumbline.credential", credential), key);
  await page.goto("/settings/keys");
  await expect(page.getByText("Ask an administrator of your tenant.")).toBeVisible();
  await page.getByRole("tab", { name: "Schedules" }).click();
  await expect(page.getByRole("table", { name: "Schedules" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Add a schedule" })).toHaveCount(0);
  await accessible(page);
});
