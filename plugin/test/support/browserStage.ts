import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import type { Browser, Page as Tab } from 'playwright-core';
import { chromiumPath, launchChromium } from '../../bench/support/chromium';
import { type PageServer, servePage } from '../../bench/support/serve';

declare global {
  interface Window {
    axe: {
      run: (
        context: string,
        options: { runOnly: readonly string[] },
      ) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    };
  }
}

const PLUGIN = join(__dirname, '..', '..');
const AXE = join(PLUGIN, '..', 'node_modules', 'axe-core', 'axe.min.js');
/** What every page has to keep. */
export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21aa'] as const;

const executable = chromiumPath();
if (executable === undefined && process.env.CI === 'true') {
  throw new Error('pages and panels are tested in Chromium, which CI must have: apt-get install chromium');
}

/** `describe` for tests that need a Chromium; skipped where there is none. */
export const describeInBrowser = executable === undefined ? describe.skip : describe;

/** A page of `test/pages` in a Chromium of its own. */
export interface BrowserStage {
  /** Bundles and serves the page, and opens it. */
  open(): Promise<Tab>;
  /** Where the page is. */
  url(): string;
  /** What was thrown in the page and caught by nobody. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

export interface StageOptions {
  /** The page's file below the plugin's folder; the bench's own without. */
  readonly entry?: string;
  /** True for pages of the app, which need another `@grafana/runtime` than panels. */
  readonly app?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Makes a stage; nothing runs before it is opened. */
export function browserStage({ entry, app = false, viewport }: StageOptions = {}): BrowserStage {
  const errors: string[] = [];
  let server: PageServer | undefined;
  let browser: Browser | undefined;
  const url = (): string => {
    if (server === undefined) throw new Error('the stage is not open');
    return server.url;
  };
  return {
    open: async () => {
      server = await servePage(PLUGIN, entry, app ? 'test/support/runtime.tsx' : undefined);
      browser = await launchChromium(executable ?? '');
      const tab = await browser.newPage(viewport === undefined ? {} : { viewport });
      tab.on('pageerror', ({ message }) => errors.push(message));
      await tab.goto(server.url);
      return tab;
    },
    url,
    errors,
    close: async () => {
      await browser?.close();
      await server?.close();
    },
  };
}

/** What axe finds against the rules within `main`, a line each. */
export async function violationsIn(tab: Tab, rules: readonly string[] = WCAG): Promise<string[]> {
  await tab.evaluate(readFileSync(AXE, 'utf8'));
  return tab.evaluate(async (runOnly) => {
    const results = await window.axe.run('main', { runOnly });
    return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, rules);
}
