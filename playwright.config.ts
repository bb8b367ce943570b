import { defineConfig } from 'playwright/test';

/** The journeys of e2e/: one real Electron at a time, so that window focus and timing are its own. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: /\.(spec|test)\.ts$/,
  outputDir: 'out/e2e',
  forbidOnly: true,
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
});
