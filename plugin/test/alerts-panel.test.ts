import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page as Tab } from 'playwright-core';
import { waitFor } from '../../exporter/test/support/server.ts';
import { chromiumPath, launchChromium } from '../bench/support/chromium';
import { type PageServer, servePage } from '../bench/support/serve';
import type { ShowAlerts } from './pages/alerts';

const executable = chromiumPath();
if (executable === undefined && process.env.CI === 'true') {
  throw new Error('the panel is tested in Chromium, which CI must have: apt-get install chromium');
}
const describeInBrowser = executable === undefined ? describe.skip : describe;
const AXE = join(__dirname, '..', '..', 'node_modules', 'axe-core', 'axe.min.js');
const base: ShowAlerts = { count: 40, mode: 'dark', width: 900, height: 400 };

describeInBrowser('alerts panel in Chromium', () => {
  let server: PageServer;
  let browser: Browser;
  let tab: Tab;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await servePage(join(__dirname, '..'), 'test/pages/alerts.tsx');
    browser = await launchChromium(executable ?? '');
    tab = await browser.newPage({ viewport: { width: 932, height: 432 } });
    tab.on('pageerror', (error) => errors.push(error.message));
    await tab.goto(server.url);
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  const show = (change: Partial<ShowAlerts> = {}) =>
    tab.evaluate((value) => window.showAlerts(value), { ...base, ...change });
  const list = () => tab.getByRole('region', { name: 'Alerts' });
  const last = () => tab.getByRole('listitem').last().getAttribute('aria-posinset');

  it('draws only the lines in sight of ten thousand, and reaches the last one by the keyboard', async () => {
    await show({ count: 10_000 });
    await list().focus();
    expect(await tab.evaluate(() => document.querySelectorAll('main *').length)).toBeLessThan(1500);
    await tab.keyboard.press('End');
    await waitFor('the last line', async () => (await last()) === '10000');
    expect(await tab.evaluate(() => document.querySelectorAll('main *').length)).toBeLessThan(1500);
  });

  it.each([
    ['wide', 900],
    ['compact', 900],
    ['wide', 420],
    ['compact', 240],
  ] as const)('has no line wider than the panel: %s at %d pixels', async (density, width) => {
    await show({ width, options: { density, labels: ['device_id'] }, name: 'N'.repeat(300) });
    await tab.getByRole('listitem').first().waitFor();
    const overflow = await list().evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('does not run what an alert is named', async () => {
    await show({ name: '<img src=x onerror="window.harmed = true">' });
    await tab.getByText('<img src=x').first().waitFor();
    expect(await tab.evaluate(() => 'harmed' in window)).toBe(false);
    expect(await tab.locator('main img').count()).toBe(0);
  });

  it.each(['dark', 'light'] as const)('has no accessibility violation in the %s theme', async (mode) => {
    await show({ mode, options: { groupBy: 'severity', labels: ['device_id'] } });
    await list().focus();
    await tab.evaluate(readFileSync(AXE, 'utf8'));
    const violations = await tab.evaluate(async () => {
      const results = await window.axe.run('main', {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'],
      });
      return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
    expect(violations).toEqual([]);
  });

  it('raised no error in the page', () => {
    expect(errors).toEqual([]);
  });
});
