import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page as Tab } from 'playwright-core';
import type { Show } from '../bench/page/page';
import { waitFor } from '../../exporter/test/support/server.ts';
import { browserStage, describeInBrowser, violationsIn, WCAG } from './support/browserStage';

const base: Show = { count: 200, form: 'table', seed: 1, mode: 'dark', width: 1200, height: 600 };

describeInBrowser('device status panel in Chromium', () => {
  const stage = browserStage({ viewport: { width: 1232, height: 632 } });
  let tab: Tab;

  beforeAll(async () => {
    tab = await stage.open();
  });

  afterAll(stage.close);

  const show = (change: Partial<Show> = {}) =>
    tab.evaluate((value) => window.page.show(value), { ...base, ...change });
  /** Share of the canvas that is drawn on, and the number of colours. */
  const measure = () =>
    tab.evaluate(() => {
      const canvas = document.querySelector('canvas');
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let drawn = 0;
      const colors = new Set<number>();
      for (let index = 0; index < pixels.length; index += 4) {
        if ((pixels[index + 3] ?? 0) === 0) continue;
        drawn += 1;
        colors.add(((pixels[index] ?? 0) << 16) | ((pixels[index + 1] ?? 0) << 8) | (pixels[index + 2] ?? 0));
      }
      return { share: drawn / (pixels.length / 4), colors: colors.size };
    });

  /** The same once something is drawn: the canvas gets its size and its first picture a frame after the page. */
  async function drawing() {
    let found = await measure();
    await waitFor('a picture on the canvas', async () => {
      found = await measure();
      return found.share > 0;
    });
    return found;
  }

  it.each(['dark', 'light'] as const)('draws tiles in the %s theme', async (mode) => {
    await show({ mode });
    const { share, colors } = await drawing();
    expect(share).toBeGreaterThan(0.6);
    expect(colors).toBeGreaterThan(5);
  });

  it.each(['honeycomb', 'squares', 'list'] as const)('draws as %s', async (layout) => {
    await show({ options: { layout } });
    expect((await drawing()).share).toBeGreaterThan(0.005);
  });

  it('names what is in trouble on tiles that have no room for more', async () => {
    const written = await tab.evaluate(
      (value) => {
        const texts: string[] = [];
        const write = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
          texts.push(text);
          write.call(this, text, ...place);
        };
        window.page.show(value);
        CanvasRenderingContext2D.prototype.fillText = write;
        return texts;
      },
      { ...base, count: 300, height: 500 },
    );
    // As the legend has it: 6 in error, 3 offline, 11 with a warning, 1 unknown.
    expect(written).toHaveLength(21);
    expect(written.every((text) => /^1[0-9]{3}$/.test(text))).toBe(true);
  });

  it('shows the device under the pointer, with a real link to its page', async () => {
    await show();
    const grid = await tab.getByTestId('device-grid').boundingBox();
    await tab.mouse.move((grid?.x ?? 0) + 30, (grid?.y ?? 0) + 34);
    await tab.getByRole('tooltip').waitFor();
    const name = (await tab.getByRole('tooltip').textContent()) ?? '';
    const href = (await tab.getByTestId('tile-link').getAttribute('href')) ?? '';
    const id = /MOCK-\d+/.exec(name)?.[0] ?? 'none';
    expect(name).toContain('error');
    expect(href).toContain(`/a/valtronics-monitoring-app/fleet/${id}`);
    await tab.mouse.move(2, 2);
    await tab.getByRole('tooltip').waitFor({ state: 'detached' });
  });

  it('is walked by the keyboard, shows where it is, and lets go', async () => {
    await show();
    const list = tab.getByRole('listbox', { name: 'Devices' });
    await list.focus();
    const active = () => tab.locator('[role=option][aria-selected=true]').getAttribute('aria-posinset');
    expect(await active()).toBe('1');
    await tab.keyboard.press('ArrowRight');
    expect(await active()).toBe('2');
    await tab.keyboard.press('End');
    expect(await active()).toBe('200');
    await tab.keyboard.press('ArrowUp');
    expect(Number(await active())).toBeLessThan(200);
    await tab.keyboard.press('Home');
    await tab.keyboard.press('ArrowDown');
    expect(Number(await active())).toBeGreaterThan(2);
    await tab.keyboard.press('Escape');
    expect(await list.evaluate((element) => element === document.activeElement)).toBe(false);
  });

  it('keeps the selected device when a refresh moves it', async () => {
    await show();
    await tab.getByRole('listbox').focus();
    const option = tab.locator('[role=option][aria-selected=true]');
    const before = ((await option.textContent()) ?? '').split(',')[0];
    await tab.evaluate((value) => window.page.refresh(value), { ...base, seed: 99 });
    expect(((await option.textContent()) ?? '').split(',')[0]).toBe(before);
    await tab.keyboard.press('Escape');
  });

  it('finds devices by typing and shows one status alone', async () => {
    await show();
    await tab.getByLabel('Find devices').fill('MOCK-1007');
    await tab.getByText('1 of 200').waitFor();
    await tab.getByLabel('Find devices').fill('');
    const entry = tab
      .getByRole('group', { name: 'Devices by status' })
      .getByRole('button', { name: /error/ });
    await entry.click();
    await tab.getByText('3 of 200').waitFor();
    await entry.click();
    await tab.getByText('3 of 200').waitFor({ state: 'detached' });
  });

  it('keeps the picture while a query runs or fails', async () => {
    await show();
    await show({ state: 'Loading' });
    expect((await drawing()).share).toBeGreaterThan(0.5);
    await show({ state: 'Error', error: 'connection refused' });
    expect((await drawing()).share).toBeGreaterThan(0.5);
    expect(await tab.getByRole('alert').textContent()).toContain('connection refused');
  });

  it('says so when there is nothing to show', async () => {
    await show({ count: 0 });
    await tab.getByText('No devices').waitFor();
  });

  it('does not run what a device is named', async () => {
    await show({
      names: ['<img src=x onerror="window.harmed = true">', 'x'.repeat(300), '🛰️🛰️', 'جهاز', ''],
    });
    await tab.getByLabel('Find devices').fill('onerror');
    await tab.getByText('1 of 200').waitFor();
    expect(await tab.evaluate(() => 'harmed' in window)).toBe(false);
    expect(await tab.locator('img').count()).toBe(0);
    await tab.getByLabel('Find devices').fill('');
  });

  it('shows 20,000 devices with few elements', async () => {
    await show({ count: 20_000 });
    await waitFor('the picture', async () => (await drawing()).share > 0.4);
    expect(await tab.evaluate(() => document.querySelectorAll('main *').length)).toBeLessThan(200);
    await tab.getByRole('listbox').focus();
    await tab.keyboard.press('End');
    expect(await tab.locator('[role=option][aria-selected=true]').getAttribute('aria-posinset')).toBe(
      '20000',
    );
    await tab.keyboard.press('Escape');
  });

  it.each(['dark', 'light'] as const)('has no accessibility violation in the %s theme', async (mode) => {
    await show({ mode, options: { groupBy: 'device_type' } });
    await tab.getByRole('listbox').focus();
    expect(await violationsIn(tab, [...WCAG, 'best-practice'])).toEqual([]);
  });

  it('draws anew where a pixel has another size', async () => {
    await show();
    await drawing();
    const session = await tab.context().newCDPSession(tab);
    const width = () => tab.evaluate(() => document.querySelector('canvas')?.width ?? 0);
    const before = await width();
    const metrics = { width: 1232, height: 632, mobile: false };
    await session.send('Emulation.setDeviceMetricsOverride', { ...metrics, deviceScaleFactor: 2 });
    await waitFor('a canvas of twice the pixels', async () => (await width()) === 2 * before);
    await session.send('Emulation.setDeviceMetricsOverride', { ...metrics, deviceScaleFactor: 1 });
    await waitFor('the canvas of before', async () => (await width()) === before);
    await session.detach();
  });

  it("draws in the system's two colours where it decides them", async () => {
    await show({ count: 900, width: 400, height: 300 });
    const usual = await drawing();
    await tab.emulateMedia({ forcedColors: 'active' });
    await waitFor('fewer colours', async () => (await drawing()).colors < usual.colors);
    const { share, colors } = await drawing();
    expect(share).toBeGreaterThan(0.2);
    expect(colors).toBeGreaterThan(1);
    await tab.emulateMedia({ forcedColors: null });
  });

  it('prints every device with its whole name, and is back afterwards', async () => {
    await show({ options: { layout: 'list' } });
    await tab.emulateMedia({ media: 'print' });
    const printed = tab.getByTestId('print-list').getByRole('listitem');
    await printed.last().waitFor();
    expect(await printed.count()).toBe(200);
    await tab.emulateMedia({ media: null });
    await tab.getByTestId('print-list').waitFor({ state: 'detached' });
    expect((await drawing()).share).toBeGreaterThan(0.005);
  });

  it('answers a tap with what the pointer would show, and its links', async () => {
    await show();
    const grid = await tab.getByTestId('device-grid').boundingBox();
    const at = { x: (grid?.x ?? 0) + 30, y: (grid?.y ?? 0) + 34 };
    const session = await tab.context().newCDPSession(tab);
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await tab.getByRole('dialog').getByRole('link').waitFor();
    await tab.keyboard.press('Escape');
    await tab.getByRole('dialog').waitFor({ state: 'detached' });
    await session.detach();
  });

  it('raised no error in the page', () => {
    expect(stage.errors).toEqual([]);
  });
});
