import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const url = process.env.PLUMB_MANAGER_URL ?? "http://127.0.0.1:8081";

// Against services that run already: `set -a; source DATA_DIR/env; set +a` names them.
export default defineConfig({
  testDir: "e2e",
  outputDir: "e2e/results",
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  // A busy machine is slow to draw, which is no failure.
  expect: { timeout: 60_000 },
  reporter: [["list"]],
  timeout: 300_000,
  use: {
    baseURL: url,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    // The browser of the system: none is downloaded.
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? fileURLToPath(new URL("../../../tests/chromium", import.meta.url)),
      // Nothing is drawn by a card that is not there, and nobody outside is asked for anything.
      args: ["--disable-gpu", "--disable-background-networking", "--disable-quic"],
    },
  },
});
