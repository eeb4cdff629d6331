import { defineConfig } from "@playwright/test";

/** Where the administrator's session is kept between the tests. */
export const administrator = "test-results/administrator.json";

/**
 * Walks through a console that CONSOLE_URL names, with the browser of the machine. One after the other: they share a cluster.
 * e2e/console.sh starts the cluster.
 */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/failed",
  timeout: 600_000,
  expect: { timeout: 30_000 },
  workers: 1,
  forbidOnly: true,
  reporter: "list",
  use: {
    baseURL: process.env["CONSOLE_URL"] ?? "https://127.0.0.1:8080",
    actionTimeout: 30_000,
    ignoreHTTPSErrors: true,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    viewport: { width: 1360, height: 820 },
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
  projects: [
    { name: "first", testMatch: "*.setup.ts" },
    {
      name: "walks",
      testIgnore: ["**/other.spec.ts", "**/speed.spec.ts"],
      dependencies: ["first"],
      use: { storageState: administrator },
    },
    // Before somebody else's cluster: e2e/other.sh.
    { name: "other", testMatch: "other.spec.ts", dependencies: ["first"], use: { storageState: administrator } },
    // With thousands of pods: e2e/speed.sh.
    {
      name: "speed",
      testMatch: "speed.spec.ts",
      dependencies: ["first"],
      // A trace draws each frame once more.
      use: { storageState: administrator, trace: "off", screenshot: "off" },
    },
  ],
});
