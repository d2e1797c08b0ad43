import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page as Tab } from 'playwright-core';
import { waitFor } from '../../exporter/test/support/server.ts';
import type { ShowHistory } from '../bench/timeline/page';
import { browserStage, describeInBrowser, violationsIn, WCAG } from './support/browserStage';

const base: ShowHistory = {
  rows: 60,
  changes: 24,
  form: 'series',
  seed: 3,
  mode: 'dark',
  width: 1200,
  height: 600,
};

describeInBrowser('timeline panel in Chromium', () => {
  const stage = browserStage({
    entry: 'bench/timeline/page.tsx',
    viewport: { width: 1232, height: 640 },
  });
  let tab: Tab;

  beforeAll(async () => {
    tab = await stage.open();
  });

  afterAll(stage.close);

  const show = (change: Partial<ShowHistory> = {}) =>
    tab.evaluate((value) => window.timelinePage.show(value), { ...base, ...change });
  const colours = () =>
    tab.evaluate(() => {
      const canvas = document.querySelector('canvas');
      const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data.buffer;
      return data === undefined ? 0 : new Set(new Uint32Array(data)).size;
    });
  const drawing = () => waitFor('a picture on the canvas', async () => (await colours()) > 10);
  const timeline = () => tab.getByTestId('timeline');
  /** A place in the picture, from its upper left corner. */
  const at = async (x: number, y: number) => {
    const box = await timeline().boundingBox();
    return { x: (box?.x ?? 0) + x, y: (box?.y ?? 0) + y };
  };
  const moveTo = async (x: number, y: number) => {
    const place = await at(x, y);
    await tab.mouse.move(place.x, place.y);
  };
  const list = () => tab.getByRole('listbox', { name: 'Devices over time' });
  const chosen = () => tab.locator('[role=option][aria-selected=true]');
  const firstName = async () => {
    await list().focus();
    await tab.keyboard.press('Home');
    const words = (await chosen().textContent()) ?? '';
    await tab.keyboard.press('Escape');
    return words.split(',')[0];
  };

  it.each(['dark', 'light'] as const)('draws rows in the %s theme', async (mode) => {
    await show({ mode });
    await drawing();
  });

  it('tells state, beginning, end and duration under the pointer, and the alerts of that time', async () => {
    await show({ options: { sortBy: 'name' } });
    await moveTo(560, 36);
    const tooltip = tab.getByRole('tooltip');
    await tooltip.waitFor();
    const words = (await tooltip.textContent()) ?? '';
    expect(words).toMatch(/From.*UTC.*To.*UTC.*Duration.*\d/);
    await tab.getByLabel('Find devices').fill('MOCK-1000');
    await tab.getByText('1 of 60').waitFor();
    await moveTo(510, 36);
    await tooltip.getByText('Alerts in this time').waitFor();
    expect(await tooltip.textContent()).toContain('DeviceStale');
    await tab.getByLabel('Find devices').fill('');
    await tab.mouse.move(2, 2);
    await tooltip.waitFor({ state: 'detached' });
  });

  it('forgets what the pointer was at when the rows move away below it', async () => {
    await show();
    await moveTo(560, 36);
    await tab.getByRole('tooltip').waitFor();
    await tab.mouse.wheel(0, 400);
    await tab.getByRole('tooltip').waitFor({ state: 'detached' });
    await tab.mouse.wheel(0, -400);
  });

  it('zooms the dashboard to what is dragged over', async () => {
    await show();
    await moveTo(400, 100);
    await tab.mouse.down();
    await moveTo(480, 130);
    await tab.getByTestId('brush').waitFor();
    await tab.mouse.up();
    const { zooms, range } = await tab.evaluate(() => window.timelinePage);
    const [zoom] = zooms;
    expect(zooms).toHaveLength(1);
    expect(zoom?.from).toBeGreaterThan(range.from);
    expect(zoom?.to).toBeGreaterThan(zoom?.from ?? Infinity);
    expect(zoom?.to).toBeLessThan(range.to);
    expect(await tab.getByRole('dialog').count()).toBe(0);
  });

  it('zooms to what a finger drags over sideways, and answers a tap', async () => {
    await show();
    const zooms = () => tab.evaluate(() => window.timelinePage.zooms.length);
    const before = await zooms();
    const session = await tab.context().newCDPSession(tab);
    const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number, y?: number) => {
      const touchPoints = x === undefined || y === undefined ? [] : [await at(x, y)];
      await session.send('Input.dispatchTouchEvent', { type, touchPoints });
    };
    await touch('touchStart', 400, 100);
    for (let x = 410; x <= 480; x += 10) await touch('touchMove', x, 100);
    await tab.getByTestId('brush').waitFor();
    await touch('touchEnd');
    expect(await zooms()).toBe(before + 1);
    await touch('touchStart', 560, 36);
    await touch('touchEnd');
    await tab.getByRole('dialog').getByRole('link').first().waitFor();
    await tab.keyboard.press('Escape');
    await tab.getByRole('dialog').waitFor({ state: 'detached' });
    await session.detach();
  });

  it('prints every row with its whole name and its states, and is back afterwards', async () => {
    await show();
    await tab.emulateMedia({ media: 'print' });
    const printed = tab.getByTestId('print-rows').getByRole('listitem');
    await printed.last().waitFor();
    expect(await printed.count()).toBe(60);
    expect(await printed.first().textContent()).toMatch(/\d{4}, error, .* online, changes: \d+/);
    expect(await printed.first().locator('svg path').count()).toBeGreaterThan(1);
    await tab.emulateMedia({ media: null });
    await tab.getByTestId('print-rows').waitFor({ state: 'detached' });
    await drawing();
  });

  it('shares its crosshair with other panels, both ways', async () => {
    await show();
    await tab.mouse.move(2, 2);
    const { from, to } = await tab.evaluate(() => window.timelinePage.range);
    await tab.evaluate((time) => window.timelinePage.pointElsewhere(time), (from + to) / 2);
    await tab.getByTestId('crosshair').waitFor();
    const told = await tab.evaluate(() => window.timelinePage.pointed.length);
    await moveTo(450, 200);
    await waitFor(
      'a moment that others are told',
      async () => (await tab.evaluate(() => window.timelinePage.pointed.length)) > told,
    );
    await tab.mouse.move(2, 2);
    await tab.getByTestId('crosshair').waitFor({ state: 'detached' });
  });

  it('offers the links of a state that is clicked, and a real link on its name', async () => {
    await show();
    const place = await at(450, 60);
    await tab.mouse.click(place.x, place.y);
    const dialog = tab.getByRole('dialog');
    await dialog.getByRole('link').waitFor();
    await tab.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await moveTo(60, 60);
    const href = (await tab.getByTestId('name-link').getAttribute('href')) ?? '';
    expect(href).toMatch(/\/a\/valtronics-monitoring-app\/fleet\/MOCK-\d+/);
    await tab.mouse.move(2, 2);
  });

  it('is walked by the keyboard from row to row and state to state, and zooms by it', async () => {
    await show();
    await list().focus();
    expect(await chosen().getAttribute('aria-posinset')).toBe('1');
    await tab.keyboard.press('ArrowDown');
    expect(await chosen().getAttribute('aria-posinset')).toBe('2');
    const spoken = () => tab.locator('[aria-live=polite]').textContent();
    const first = await spoken();
    await tab.keyboard.press('ArrowLeft');
    expect(await spoken()).not.toBe(first);
    expect(await spoken()).toMatch(/UTC – .*UTC/);
    const before = await tab.evaluate(() => window.timelinePage.zooms.length);
    await tab.keyboard.press('z');
    expect(await tab.evaluate(() => window.timelinePage.zooms.length)).toBe(before + 1);
    await tab.keyboard.press('Enter');
    await tab.getByRole('dialog').getByRole('link').waitFor();
    await tab.keyboard.press('Escape');
    await tab.getByRole('dialog').waitFor({ state: 'detached' });
    await tab.keyboard.press('End');
    expect(await chosen().getAttribute('aria-posinset')).toBe('60');
    await tab.keyboard.press('Escape');
    expect(await list().evaluate((element) => element === document.activeElement)).toBe(false);
  });

  it('sorts by a click on a head, and turns the order round by another', async () => {
    await show();
    const button = tab.getByRole('button', { name: 'Sort by name' });
    await button.click();
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    expect(await firstName()).toBe('Gateway sensor 1003');
    await button.click();
    expect(await firstName()).toBe('Temperature sensor 1058');
  });

  it('finds devices by typing and shows those that had a state', async () => {
    await show();
    await tab.getByLabel('Find devices').fill('sensor 1007');
    await tab.getByText('1 of 60').waitFor();
    await tab.getByLabel('Find devices').fill('');
    const entry = tab
      .getByRole('group', { name: /^Devices by state/ })
      .getByRole('button', { name: /unknown/ });
    await entry.click();
    await tab
      .getByRole('status')
      .filter({ hasText: / of 60$/ })
      .waitFor();
    await entry.click();
    await tab.getByRole('status').waitFor({ state: 'detached' });
  });

  it('hands out the summary as a file', async () => {
    await show();
    const download = tab.waitForEvent('download');
    await tab.getByRole('button', { name: /CSV|summary/ }).click();
    expect((await download).suggestedFilename()).toMatch(/^timeline-.*\.csv$/);
  });

  it('shows annotations, and what they say without their markup', async () => {
    await show({ hasMarks: true });
    const canvas = await timeline().boundingBox();
    expect(canvas).not.toBeNull();
    await moveTo(450, 100);
    await tab.getByRole('tooltip').getByText('Maintenance hall').waitFor();
    await tab.mouse.move(2, 2);
  });

  it('keeps the picture while a query runs or fails, and says so when there is nothing', async () => {
    await show();
    await show({ state: 'Loading' });
    await drawing();
    await show({ state: 'Error', error: 'connection refused' });
    await drawing();
    expect(await tab.getByRole('alert').textContent()).toContain('connection refused');
    await show({ rows: 0 });
    await tab.getByText('No states').waitFor();
  });

  it('does not run what a device is named', async () => {
    await show({
      names: ['<img src=x onerror="window.harmed = true">', 'x'.repeat(300), '🛰️🛰️', 'جهاز', ''],
    });
    await tab.getByLabel('Find devices').fill('onerror');
    await tab.getByText('1 of 60').waitFor();
    await moveTo(450, 36);
    await tab.getByRole('tooltip').waitFor();
    expect(await tab.evaluate(() => 'harmed' in window)).toBe(false);
    expect(await tab.locator('img').count()).toBe(0);
    await tab.getByLabel('Find devices').fill('');
    await tab.mouse.move(2, 2);
  });

  it('shows 5,000 rows with few elements', async () => {
    await show({ rows: 5000, changes: 20 });
    await drawing();
    expect(await tab.evaluate(() => document.querySelectorAll('main *').length)).toBeLessThan(300);
    await list().focus();
    await tab.keyboard.press('End');
    expect(await chosen().getAttribute('aria-posinset')).toBe('5000');
    expect(await timeline().evaluate((box) => box.scrollTop)).toBeGreaterThan(100_000);
    await tab.keyboard.press('Escape');
  });

  it.each(['dark', 'light'] as const)('has no accessibility violation in the %s theme', async (mode) => {
    await show({ mode, options: { groupBy: 'device_type' } });
    await list().focus();
    expect(await violationsIn(tab, [...WCAG, 'best-practice'])).toEqual([]);
    await tab.keyboard.press('Escape');
  });

  it("draws in the system's two colours where it decides them", async () => {
    await show();
    await drawing();
    const usual = await colours();
    await tab.emulateMedia({ forcedColors: 'active' });
    await waitFor('fewer colours', async () => (await colours()) < usual);
    expect(await colours()).toBeGreaterThan(2);
    await tab.emulateMedia({ forcedColors: null });
  });

  it('raised no error in the page', () => {
    expect(stage.errors).toEqual([]);
  });
});
