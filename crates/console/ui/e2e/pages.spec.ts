import { accessible, expect, fits, settled, test } from "./console";

const PAGES = [
  ["overview", "/"],
  ["sources", "/sources"],
  ["manage", "/manage"],
  ["catalog", "/catalog"],
  ["search", "/search"],
  ["pipelines", "/pipelines"],
  ["jobs", "/jobs"],
  ["history", "/history"],
  ["settings", "/settings"],
] as const;

/** Of each page a picture in each theme, each language, and on a narrow window: to be looked at. */
const LOOKS = [
  { name: "light", scheme: "light", language: "en", width: 1280 },
  { name: "dark", scheme: "dark", language: "en", width: 1280 },
  { name: "light-zh", scheme: "light", language: "zh", width: 1280 },
  { name: "light-390", scheme: "light", language: "en", width: 390 },
] as const;

for (const look of LOOKS) {
  test.describe(look.name, () => {
    test.use({ colorScheme: look.scheme, viewport: { width: look.width, height: 800 } });

    for (const [name, path] of PAGES) {
      test(name, async ({ signedIn: page }) => {
        await page.addInitScript((language) => localStorage.setItem("plumbline.language", language), look.language);
        await page.goto(path);
        await settled(page);
        await expect(page.locator("html")).toHaveAttribute("lang", look.language === "zh" ? "zh-CN" : "en");
        await page.screenshot({ path: `e2e/screenshots/${name}-${look.name}.png`, fullPage: true });
        await fits(page);
        await accessible(page);
      });
    }
  });
}

test("`/` and Ctrl-K lead to the search", async ({ signedIn: page }) => {
  await page.goto("/jobs");
  await settled(page);
  await page.keyboard.press("/");
  await page.keyboard.type("orders");
  await expect(page).toHaveURL("/search?q=orders");
  await page.getByRole("link", { name: "Jobs", exact: true }).click();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("searchbox").first()).toBeFocused();
});

test("an address that is none says so", async ({ signedIn: page }) => {
  await page.goto("/no/such/page");
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  await page.screenshot({ path: "e2e/screenshots/not-found-light.png" });
});
