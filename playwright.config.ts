import { defineConfig } from "@playwright/test";
import { findChromium } from "#tests/support/browser/chromium.ts";

const { executablePath, args } = await findChromium();

export default defineConfig({
  testDir: "tests/journeys",
  outputDir: ".test/journeys",
  // Each with a stage of its own: the product, its database, its outside world.
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env["CI"]),
  reporter: [["list"], ["json", { outputFile: process.env["PLAYWRIGHT_JSON"] ?? ".test/journeys.json" }]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath, args },
    screenshot: "only-on-failure",
    // Every step and every answer. Pictures of each moment cost a sixth of the processor: `--trace on` on the command line takes them too.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false, sources: false },
  },
});
