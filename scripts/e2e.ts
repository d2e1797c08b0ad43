import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, type Program } from './start/programs.ts';
import { ROOT } from './start/run-folder.ts';

const CHROMIUM: Program = {
  name: 'Chromium',
  commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  variable: 'CHROMIUM_BIN',
  hint: 'apt-get install chromium, or CHROMIUM_BIN',
};

/** Longer than this no Grafana on a usable network takes to say that it is well, milliseconds. */
const HEALTH_TIMEOUT_MS = 10_000;

function grafanaUrl(): string {
  const text = process.env['GRAFANA_URL'];
  if (text) return text.replace(/\/+$/, '');
  throw new Error(
    'GRAFANA_URL is not set: start a stack (npm start), then GRAFANA_URL=http://127.0.0.1:3000 npm run e2e',
  );
}

/** Why a request failed; fetch itself says no more than that it did. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function requireGrafana(url: string): Promise<void> {
  try {
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
    if (answer.ok) return;
    throw new Error(`it says ${answer.status}`);
  } catch (error) {
    throw new Error(`No Grafana answers at GRAFANA_URL ${url}: ${reasonOf(error)}`, { cause: error });
  }
}

function requireChromium(): string {
  const path = findProgram(CHROMIUM, process.env);
  if (path === undefined) throw new Error(`Chromium is not installed: ${CHROMIUM.hint}`);
  return path;
}

/** Runs Playwright in a folder of its own below `.run/`, where log-in state, traces and pictures go; resolves with its exit code. */
function runPlaywright(environment: NodeJS.ProcessEnv): Promise<number> {
  const folder = join(ROOT, '.run', 'e2e');
  mkdirSync(folder, { recursive: true });
  const config = join(ROOT, 'plugin', 'e2e', 'playwright.config.ts');
  const child = spawn(
    join(ROOT, 'node_modules', '.bin', 'playwright'),
    ['test', `--config=${config}`, ...process.argv.slice(2)],
    { cwd: folder, stdio: 'inherit', env: { ...process.env, ...environment } },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** `npm run e2e`: the app in a real Grafana at `GRAFANA_URL`; arguments go to Playwright. */
try {
  const url = grafanaUrl();
  const chromium = requireChromium();
  await requireGrafana(url);
  process.exitCode = await runPlaywright({ GRAFANA_URL: url, CHROMIUM_BIN: chromium });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
