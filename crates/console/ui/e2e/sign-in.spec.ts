import { accessible, expect, fits, settled, test, token } from "./console";

test.describe("signing in", () => {
  test("by a token opens the page that was asked for, and signing out closes it", async ({ page }) => {
    await page.goto("/jobs");
    await expect(page.getByRole("heading", { name: "Sign in to Plumbline" })).toBeVisible();
    await accessible(page);
    await page.screenshot({ path: "e2e/screenshots/sign-in-light.png" });
    await page.getByLabel("Token, API key or sign-in link").fill(token);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await settled(page);
    expect(new URL(page.url()).pathname).toBe("/jobs");
    await page.getByRole("button", { name: /^Account of / }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { name: "Sign in to Plumbline" })).toBeVisible();
  });

  test("by a link works once, and leaves no code in the address", async ({ page, request, complaints }) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await request.post("/api/metadata/auth/sign-in-links", { headers, data: {} });
    expect(answer.status()).toBeLessThan(300);
    const { code } = (await answer.json()) as { code: string };
    await page.goto(`/#sign-in=${code}`);
    await settled(page);
    expect(page.url()).not.toContain("pls_");
    // Its second use is refused, which the browser prints.
    await page.evaluate(() => sessionStorage.clear());
    await page.goto("/settings");
    await page.goto(`/#sign-in=${code}`);
    await page.reload();
    await expect(page.getByRole("heading", { name: "Sign in to Plumbline" })).toBeVisible();
    complaints.length = 0;
  });

  test("with something else says why it is refused", async ({ page, complaints }) => {
    await page.goto("/");
    await page.getByLabel("Token, API key or sign-in link").fill("wrong");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("This opens no session");
    await page.screenshot({ path: "e2e/screenshots/sign-in-refused-light.png" });
    await fits(page);
    complaints.length = 0;
  });
});

test("a session that ends keeps what was typed", async ({ signedIn: page, complaints }) => {
  await page.goto("/sources");
  await settled(page);
  // All that the page asks for comes before the session ends: else the dialog would be there before the click.
  const asked = [/\/api\/metadata\/search\?.*half/, /\/api\/metadata\/datasources\?/].map((it) => page.waitForResponse(it));
  await page.getByRole("searchbox").first().fill("half a word");
  await expect(page).toHaveURL(/\/search\?q=half/);
  await Promise.all(asked);
  await page.route("**/api/**", (route) =>
    route.request().method() === "POST"
      ? route.continue()
      : route.fulfill({
          status: 401,
          contentType: "application/problem+json",
          body: JSON.stringify({ type: "/problems/unauthorized", title: "Refused", status: 401, detail: "It has ended." }),
        }),
  );
  await page.getByRole("link", { name: "Jobs", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/session-ended-light.png" });
  await page.unroute("**/api/**");
  await dialog.getByLabel("Token, API key or sign-in link").fill(token);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(dialog).toBeHidden();
  expect(new URL(page.url()).pathname).toBe("/jobs");
  complaints.length = 0;
});
