import { defineConfig } from "@playwright/test";
import base from "../playwright.config";

// Measures, and tests nothing: `npm run measure`.
export default defineConfig({ ...base, testDir: ".", testMatch: "measure.ts", timeout: 600_000, reporter: [["line"]] });
