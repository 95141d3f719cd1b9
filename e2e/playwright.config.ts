import { defineConfig } from '@playwright/test';
import { findChromium } from '../scripts/setup/chromium.mjs';

/** One real platform on a data directory of its own for all journeys, in the distribution's Chromium. */
const executablePath = findChromium();
if (executablePath === null) throw new Error('The journeys need Chromium: `npm test` installs it, or name one by PLUMBLINE_CHROMIUM.');

export default defineConfig({
  testDir: 'journeys',
  outputDir: '../test-results',
  globalSetup: './support/globalSetup.ts',
  // One platform, two cores: journeys follow one another.
  workers: 1,
  fullyParallel: false,
  // The first journey makes the owner by the one-time link, as a new user would; whatever runs before it makes one itself.
  projects: [
    { name: 'first', testMatch: '**/first-light.test.ts' },
    { name: 'journeys', testIgnore: ['**/first-light.test.ts', '**/access.test.ts'] },
    // It leaves something of every kind behind, which others would count.
    { name: 'every page', testMatch: '**/access.test.ts' },
  ],
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [
    ['list'],
    ...(process.env['PLUMBLINE_E2E_REPORT'] ? [['json', { outputFile: process.env['PLUMBLINE_E2E_REPORT'] }] as const] : []),
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    // What was done and answered; a picture of the page at every step would take longer than the steps.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-dev-shm-usage',
        // A closed network: nothing but the platform is asked for anything.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-default-apps',
        '--no-first-run',
        '--no-proxy-server',
      ],
    },
  },
});
