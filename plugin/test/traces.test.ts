import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page as Tab } from 'playwright-core';
import { chromiumPath, launchChromium } from '../bench/support/chromium';
import { type PageServer, servePage } from '../bench/support/serve';
import type { ShowTraces } from './pages/traces';

const executable = chromiumPath();
if (executable === undefined && process.env.CI === 'true') {
  throw new Error('the pages are tested in Chromium, which CI must have: apt-get install chromium');
}
const describeInBrowser = executable === undefined ? describe.skip : describe;
const AXE = join(__dirname, '..', '..', 'node_modules', 'axe-core', 'axe.min.js');
const base: ShowTraces = { path: 'traces', mode: 'dark', world: 'full' };

describeInBrowser('the traces page in Chromium', () => {
  let server: PageServer;
  let browser: Browser;
  let tab: Tab;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await servePage(join(__dirname, '..'), 'test/pages/traces.tsx', 'test/support/runtime.tsx');
    browser = await launchChromium(executable ?? '');
    tab = await browser.newPage();
    tab.on('pageerror', ({ message }) => errors.push(message));
    await tab.goto(server.url);
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  async function show(width: number, change: Partial<ShowTraces> = {}): Promise<void> {
    const scene = { ...base, ...change };
    await tab.setViewportSize({ width, height: 900 });
    await tab.evaluate((value) => window.showTraces(value), scene);
    await tab.getByRole('table', { name: 'Routes' }).getByRole('row').nth(3).waitFor();
    await tab.getByRole('heading', { name: /trac/i }).first().waitFor();
    await tab.getByTestId('panel').nth(2).waitFor();
    if (process.env.PICTURES !== undefined)
      await tab.screenshot({
        path: join(process.env.PICTURES, `traces-${scene.world}-${scene.mode}-${width}.png`),
        fullPage: true,
      });
  }

  it.each([390, 640, 1280, 1920])('keeps within a screen of %d pixels', async (width) => {
    await show(width, { path: 'traces?sort=-slow' });
    const wide = await tab.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBeLessThanOrEqual(0);
  });

  it('moves nothing that was there when its answers come', async () => {
    await show(1280);
    const top = () =>
      tab
        .getByRole('table', { name: 'Traces' })
        .evaluate((box) => Math.round(box.getBoundingClientRect().top));
    const before = await top();
    await tab.getByRole('button', { name: 'Refresh', exact: true }).click();
    await tab.getByRole('button', { name: 'Refresh', exact: true }).waitFor();
    expect(await top()).toBe(before);
  });

  const scenes = (['full', 'off', 'none', 'jaeger down'] as const).flatMap((world) =>
    (['dark', 'light'] as const).map((mode) => ({ world, mode })),
  );
  it.each(scenes)('can be read by everybody: $world, $mode theme', async ({ world, mode }) => {
    await show(1280, { world, mode });
    await tab.evaluate(readFileSync(AXE, 'utf8'));
    const violations = await tab.evaluate(async () => {
      const results = await window.axe.run('main', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] });
      return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
    expect(violations).toEqual([]);
  });

  it('raised no error in the page', () => {
    expect(errors).toEqual([]);
  });
});
