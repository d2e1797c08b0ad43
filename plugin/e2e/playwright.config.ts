import { defineConfig } from '@playwright/test';
import type { PluginOptions } from '@grafana/plugin-e2e';
import { join } from 'node:path';

const { CHROMIUM_BIN, GRAFANA_URL } = process.env;

/** Where plugin-e2e keeps the administrator's log-in: below the folder that Playwright runs in. */
const LOGIN = join(process.cwd(), 'playwright', '.auth', 'admin.json');

const isRoot = process.getuid?.() === 0;

/** Run by `npm run e2e`, which sets both variables. */
export default defineConfig<PluginOptions>({
  testDir: __dirname,
  outputDir: join(process.cwd(), 'results'),
  // One Grafana and one simulator: tests that break devices must not meet.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    ...(GRAFANA_URL === undefined ? {} : { baseURL: GRAFANA_URL }),
    viewport: { width: 1400, height: 900 },
    locale: 'en-US',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(CHROMIUM_BIN === undefined ? {} : { executablePath: CHROMIUM_BIN }),
      args: [
        // Chromium refuses its sandbox to root.
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'log in', testMatch: 'support/login.setup.ts' },
    {
      name: 'administrator',
      testMatch: '*.admin.spec.ts',
      dependencies: ['log in'],
      use: { storageState: LOGIN },
    },
    // After the administrator: Grafana replaces a session's token every ten minutes, and the kept one is then refused.
    {
      name: 'viewer',
      testMatch: '*.spec.ts',
      testIgnore: '*.admin.spec.ts',
      dependencies: ['log in'],
    },
  ],
});
