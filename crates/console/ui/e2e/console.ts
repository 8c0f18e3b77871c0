import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type Page } from "@playwright/test";
import type axe from "axe-core";

export { expect };

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A token of the services that run, as `plumb up` writes it into its file `env`. */
export const token = (() => {
  const found = process.env.PLUMB_TOKEN;
  if (!found) throw new Error("set -a; source DATA_DIR/env; set +a   # of the plumb up that runs");
  return found;
})();

/** How Chromium prints the status of an answer that is no success. */
const REFUSED = /^Failed to load resource: the server responded with a status of (\d{3})/;

interface Fixtures {
  /** The statuses that a test has services refuse requests with: the browser prints each such answer. */
  refusals: Set<number>;
  /** A page whose session is open. */
  signedIn: Page;
}

export const test = base.extend<Fixtures>({
  // Whatever else the browser prints fails the test.
  refusals: [
    async ({ page }, use) => {
      const refusals = new Set<number>();
      const complaints: string[] = [];
      page.on("console", (message) => {
        const isBad = message.type() === "error" || message.type() === "warning";
        if (isBad) complaints.push(`${message.text()} (${message.location().url})`);
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      await use(refusals);
      const unexpected = complaints.filter((it) => !refusals.has(Number(REFUSED.exec(it)?.[1])));
      expect(unexpected, "the browser's console").toEqual([]);
    },
    { auto: true },
  ],
  signedIn: async ({ page }, use) => {
    await page.addInitScript((credential) => sessionStorage.setItem("plumbline.credential", credential), token);
    await use(page);
  },
});

/** Waits until a page has read what it shows. Live pages keep a stream open, so the network is never idle. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("status", { name: /^(Loading|加载中)$/ })).toHaveCount(0);
}

/** Fails on what keeps people from using the page: WCAG 2.1 A and AA. */
export async function accessible(page: Page): Promise<void> {
  // Not as a script of the page, which its policy would refuse.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe;
    return run.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] });
  });
  const told = violations.map((it) => `${it.id}: ${it.help}\n${it.nodes.map((node) => `  ${node.html}`).join("\n")}`);
  expect(told, "axe").toEqual([]);
}

/** A picture of the page in each theme, to be looked at. What can be read in one may be too pale in the other. */
export async function pictures(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    await page.screenshot({ path: `e2e/screenshots/${name}-${colorScheme}.png`, fullPage });
    await accessible(page);
  }
}

/** Fails where the page is wider than the window. */
export async function fits(page: Page): Promise<void> {
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wide, "the page's width").toBeLessThanOrEqual(window ?? 0);
}
