import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page as Tab } from 'playwright-core';
import { waitFor } from '../../exporter/test/support/server.ts';
import type { ShowAlerts } from './pages/alerts';
import { browserStage, describeInBrowser, violationsIn, WCAG } from './support/browserStage';

const base: ShowAlerts = { count: 40, mode: 'dark', width: 900, height: 400 };

describeInBrowser('alerts panel in Chromium', () => {
  const stage = browserStage({ entry: 'test/pages/alerts.tsx', viewport: { width: 932, height: 432 } });
  let tab: Tab;

  beforeAll(async () => {
    tab = await stage.open();
  });

  afterAll(stage.close);

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
    expect(await violationsIn(tab, [...WCAG, 'best-practice'])).toEqual([]);
  });

  it('raised no error in the page', () => {
    expect(stage.errors).toEqual([]);
  });
});
