import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page as Tab } from 'playwright-core';
import type { ShowLogs } from './pages/logs';
import { browserStage, describeInBrowser, violationsIn } from './support/browserStage';

const base: ShowLogs = { path: 'logs', mode: 'dark', lines: 400 };

describeInBrowser('the logs page in Chromium', () => {
  const stage = browserStage({ entry: 'test/pages/logs.tsx', app: true });
  let tab: Tab;

  beforeAll(async () => {
    tab = await stage.open();
  });

  afterAll(stage.close);

  const list = () => tab.getByRole('region', { name: 'Lines', exact: true });

  async function show(width: number, change: Partial<ShowLogs> = {}): Promise<void> {
    await tab.setViewportSize({ width, height: 900 });
    await tab.evaluate((value) => window.showLogs(value), { ...base, ...change });
    await list().getByRole('row').nth(3).waitFor();
    await tab.getByTestId('panel').waitFor();
    if (process.env.PICTURES !== undefined)
      await tab.screenshot({ path: join(process.env.PICTURES, `logs-${width}.png`), fullPage: true });
  }

  it.each([390, 640, 1280, 1920])('keeps within a screen of %d pixels', async (width) => {
    await show(width, { path: 'logs?line=line-4&wrap' });
    const wide = () =>
      tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await wide()).toBeLessThanOrEqual(0);
    const inner = await list().evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(inner).toBeLessThanOrEqual(0);
  });

  it('draws few of many lines, and older ones when they are wanted at its end', async () => {
    await show(1280);
    expect(await list().getByRole('row').count()).toBeLessThan(90);
    const older = tab.getByRole('button', { name: 'Older lines' });
    await older.scrollIntoViewIfNeeded();
    await older.click();
    await tab.getByText('400 lines', { exact: true }).waitFor();
    expect(await list().getByRole('row').count()).toBeLessThan(90);
  });

  it('keeps what is read in its place while newer lines come', async () => {
    await show(1280, { path: 'logs?live' });
    await list().evaluate((box) => box.scrollTo(0, 3000));
    await tab.locator('[data-row="line-110"]').waitFor();
    const place = () =>
      tab.locator('[data-row="line-110"]').evaluate((row) => Math.round(row.getBoundingClientRect().top));
    const before = await place();
    const rows = await tab.getByRole('table', { name: 'Lines', exact: true }).getAttribute('aria-rowcount');
    await tab.evaluate(() => window.addLogLine('it came just now'));
    await tab.locator(`[role="table"][aria-rowcount="${Number(rows) + 1}"]`).waitFor();
    expect(Math.abs((await place()) - before)).toBeLessThanOrEqual(1);
    await list().evaluate((box) => box.scrollTo(0, 0));
    await tab.getByText('it came just now').waitFor();
  });

  it('goes on to the newest line where they are read in their order', async () => {
    await show(1280, { path: 'logs?live&order=oldest' });
    await list().getByText('Connection refused by broker:1883').last().waitFor();
    await tab.evaluate(() => window.addLogLine('it came at the end'));
    await tab.getByText('it came at the end').waitFor();
    const inSight = await tab.getByText('it came at the end').evaluate((text) => {
      const box = text.closest('[role="region"]')?.getBoundingClientRect();
      return text.getBoundingClientRect().bottom <= (box?.bottom ?? 0) + 1;
    });
    expect(inSight).toBe(true);
  });

  it.each(['dark', 'light'] as const)('can be read by everybody in the %s theme', async (mode) => {
    await show(1280, { path: 'logs?line=line-4', mode });
    expect(await violationsIn(tab)).toEqual([]);
  });

  it('raised no error in the page', () => {
    expect(stage.errors).toEqual([]);
  });
});
