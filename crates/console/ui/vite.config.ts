import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./scripts/compressed.ts";

// Where the services of `plumb up` are, for `npm run dev`.
const manager = process.env.PLUMB_MANAGER_URL ?? "http://127.0.0.1:8081";

export default defineConfig(({ command }) => ({
  plugins: [react(), compressed()],
  // The server puts a new one into each page that it sends; crates/console/src/lib.rs looks for this word.
  html: command === "build" ? { cspNonce: "PLUMBLINE_STYLE_NONCE" } : {},
  server: {
    host: "127.0.0.1",
    proxy: { "/api": manager, "/api-docs": manager, "/docs": manager, "/health": manager },
  },
  build: {
    emptyOutDir: true,
    // The policy of the page allows files of its own origin alone, and no `data:`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The notices of what is bundled, which their licences ask for; served beside it.
    license: { fileName: "assets/licenses.md" },
    // What most pages need is one file. Of less a page would load what it has no use for; without it, fifty files.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "shared", minShareCount: 8 }] } },
    },
    // ELK is large, and loaded by the pages that draw alone.
    chunkSizeWarningLimit: 1600,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    // For a machine that does much else meanwhile.
    testTimeout: 60_000,
  },
}));
