import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page as Tab } from 'playwright-core';
import type { ShowTab } from './pages/alert-tabs';
import { browserStage, describeInBrowser } from './support/browserStage';

describeInBrowser('the tabs of the alerts page in Chromium', () => {
  const stage = browserStage({ entry: 'test/pages/alert-tabs.tsx', app: true });
  let tab: Tab;

  beforeAll(async () => {
    tab = await stage.open();
  });

  afterAll(stage.close);

  const open = async (shown: ShowTab, width: number): Promise<void> => {
    await tab.setViewportSize({ width, height: 844 });
    await tab.goto(stage.url());
    await tab.evaluate((value) => window.showTab(value), shown);
    await tab.getByRole('table').first().waitFor();
  };

  it.each([
    ['active', 390],
    ['history', 390],
    ['rules', 390],
    ['silences', 390],
    ['active', 640],
    ['rules', 1280],
  ] as const)('%s is no wider than a screen of %d pixels', async (name, width) => {
    await open({ tab: name, mode: 'dark' }, width);
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
  });

  it.each([390, 1920])('shows rows of the history whole at %d pixels', async (width) => {
    await open({ tab: 'history', mode: 'light' }, width);
    const box = tab.getByRole('region', { name: 'Alerts of this range' });
    expect(await box.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    await tab.getByRole('link', { name: 'MOCK-1001' }).waitFor();
    const cut = await tab
      .getByRole('columnheader')
      .evaluateAll((heads) => heads.filter((head) => head.scrollWidth > head.clientWidth).length);
    expect(cut).toBe(0);
  });

  it.each([390, 1000, 1280])('names the device of an alert in full at %d pixels', async (width) => {
    await open({ tab: 'active', mode: 'light' }, width);
    const cut = await tab.getByText('MOCK-1000', { exact: true }).evaluate((id) => {
      const line = id.parentElement ?? id;
      const cell = line.closest('[role=cell]') ?? line;
      const [inner, outer] = [id.getBoundingClientRect(), cell.getBoundingClientRect()];
      return Math.max(line.scrollWidth - line.clientWidth, inner.right - outer.right);
    });
    expect(cut).toBeLessThanOrEqual(0.5);
  });

  it('keeps a heading on one line on a phone', async () => {
    await open({ tab: 'active', mode: 'dark' }, 390);
    const heading = tab.getByRole('row').filter({ hasText: 'of 15 firing' }).first();
    const severity = await heading.getByText('critical').boundingBox();
    expect(severity?.height ?? Infinity).toBeLessThan(30);
    expect((severity?.x ?? 0) + (severity?.width ?? Infinity)).toBeLessThanOrEqual(390);
  });

  it('keeps what can be done with an alert within reach on a phone', async () => {
    await open({ tab: 'active', mode: 'light' }, 390);
    const silence = tab.getByRole('button', { name: /^Silence / }).first();
    await silence.waitFor();
    const box = await silence.boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 390).toBe(true);
  });

  it('folds the filters on a phone until they are wanted', async () => {
    await open({ tab: 'active', mode: 'dark' }, 390);
    const choice = tab.getByPlaceholder('Severity');
    expect(await choice.isVisible()).toBe(false);
    await tab.getByRole('button', { name: 'Filters' }).click();
    expect(await choice.isVisible()).toBe(true);
    await open({ tab: 'active', mode: 'dark' }, 1280);
    expect(await tab.getByPlaceholder('Severity').isVisible()).toBe(true);
    expect(await tab.getByRole('button', { name: 'Filters' }).isVisible()).toBe(false);
  });
});
