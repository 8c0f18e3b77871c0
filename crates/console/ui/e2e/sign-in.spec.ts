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

  test("by a link works once, and leaves no code in the address", async ({ page, request, refusals }) => {
    refusals.add(422);
    const headers = { authorization: `Bearer ${token}` };
    const answer = await request.post("/api/metadata/auth/sign-in-links", { headers, data: {} });
    expect(answer.status()).toBeLessThan(300);
    const { code } = (await answer.json()) as { code: string };
    await page.goto(`/#sign-in=${code}`);
    await settled(page);
    expect(page.url()).not.toContain("pls_");
    // Its second use is refused.
    await page.evaluate(() => sessionStorage.clear());
    await page.goto(`/settings#sign-in=${code}`);
    await expect(page.getByRole("heading", { name: "Sign in to Plumbline" })).toBeVisible();
    await expect(page.getByRole("alert")).toContainText("sign-in link");
  });

  test("with something else says why it is refused", async ({ page, refusals }) => {
    refusals.add(401);
    await page.goto("/");
    await page.getByLabel("Token, API key or sign-in link").fill("wrong");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("This opens no session");
    await page.screenshot({ path: "e2e/screenshots/sign-in-refused-light.png" });
    await fits(page);
  });
});

test("a session that ends keeps what was typed", async ({ signedIn: page, refusals }) => {
  refusals.add(401);
  await page.goto("/sources");
  await settled(page);
  await page.getByRole("button", { name: "Register a source" }).first().click();
  const form = page.getByRole("dialog", { name: "Register a source" });
  const host = form.getByRole("textbox", { name: "Host" });
  await host.fill("127.0.0.1");
  await form.getByRole("textbox", { name: "Port" }).fill("9");
  await form.getByRole("textbox", { name: "Login" }).fill("half a wor");
  const test = "**/api/metadata/datasources/test";
  const problem = { type: "/problems/unauthorized", title: "Refused", status: 401, detail: "It has ended." };
  await page.route(test, (route) =>
    route.fulfill({ status: 401, contentType: "application/problem+json", body: JSON.stringify(problem) }),
  );
  await form.getByRole("button", { name: "Test the connection" }).click();
  const ended = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(ended).toBeVisible();
  await accessible(page);
  await page.screenshot({ path: "e2e/screenshots/session-ended-light.png" });
  await page.unroute(test);
  await ended.getByLabel("Token, API key or sign-in link").fill(token);
  await ended.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(ended).toBeHidden();

  await expect(host).toHaveValue("127.0.0.1");
  await expect(form.getByRole("textbox", { name: "Login" })).toHaveValue("half a wor");
  // And all goes on where it was.
  await form.getByRole("button", { name: "Test the connection" }).click();
  await expect(form.getByTestId("step-connect")).toContainText("127.0.0.1:9");
});
