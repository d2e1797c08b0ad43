import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page as Tab } from 'playwright-core';
import type { ShowTrace } from './pages/opened-trace';
import { browserStage, describeInBrowser, violationsIn } from './support/browserStage';

const TRACE = 'traces/4bf92f3577b34da6a3ce929d0e0e4736';

describeInBrowser('an opened trace and the service map in Chromium', () => {
  const stage = browserStage({ entry: 'test/pages/opened-trace.tsx', app: true });
  let tab: Tab;

  beforeAll(async () => {
    tab = await stage.open();
  });

  afterAll(stage.close);

  const map = () => tab.getByRole('list', { name: 'Service map' });

  async function show(width: number, { path, mode }: ShowTrace): Promise<void> {
    await tab.setViewportSize({ width, height: 900 });
    await tab.evaluate((value) => window.showTrace(value), { path, mode });
    if (path === TRACE) await tab.getByRole('table', { name: 'Log lines' }).getByRole('row').nth(3).waitFor();
    else await map().getByText('postgres').first().waitFor();
    if (process.env.PICTURES !== undefined)
      await tab.screenshot({
        path: join(process.env.PICTURES, `${path.replace(/\W/g, '-').slice(0, 8)}-${mode}-${width}.png`),
        fullPage: true,
      });
  }

  const pages = [TRACE, 'traces', 'system'];
  const widths = [390, 820, 1280, 1920];

  it.each(pages.flatMap((path) => widths.map((width) => ({ path, width }))))(
    'keep within a screen of $width pixels: $path',
    async ({ path, width }) => {
      await show(width, { path, mode: 'dark' });
      const wide = await tab.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide).toBeLessThanOrEqual(0);
    },
  );

  it('draws boxes and labels off each other, and each text within its box', async () => {
    await show(1280, { path: 'traces', mode: 'dark' });
    const areas = await map().evaluate((list) => {
      const stage = list.parentElement;
      const boxes = [...(stage?.querySelectorAll('li, div[aria-hidden]') ?? [])];
      return boxes.map((box) => {
        const { left, top, right, bottom } = box.getBoundingClientRect();
        return { left, top, right, bottom, text: box.textContent };
      });
    });
    expect(areas.length).toBeGreaterThan(20);
    const hit = areas.flatMap((a, place) =>
      areas
        .slice(place + 1)
        .filter(
          (b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1,
        )
        .map((b) => [a.text, b.text]),
    );
    expect(hit).toEqual([]);
  });

  it('is a list on a phone, and a drawing where there is room', async () => {
    await show(390, { path: 'system', mode: 'dark' });
    expect(await map().getByRole('list').count()).toBeGreaterThan(3);
    await show(1280, { path: 'system', mode: 'dark' });
    expect(await map().getByRole('list').count()).toBe(0);
  });

  it('leads on by the keyboard, with what belongs to it in sight', async () => {
    await show(1280, { path: 'traces', mode: 'dark' });
    const nodes = map().getByRole('listitem');
    const stranger = nodes.filter({ hasText: /^sensor/ });
    const isFaded = (): Promise<boolean> =>
      stranger.evaluate((node) => getComputedStyle(node).opacity !== '1');
    expect(await isFaded()).toBe(false);
    await map().getByRole('link', { name: 'valtronics-exporter' }).focus();
    await tab.waitForFunction(
      (node) => getComputedStyle(node).opacity !== '1',
      await stranger.elementHandle(),
    );
    expect(await isFaded()).toBe(true);
  });

  it.each(pages.flatMap((path) => (['dark', 'light'] as const).map((mode) => ({ path, mode }))))(
    'can be read by everybody: $path, $mode theme',
    async ({ path, mode }) => {
      await show(1280, { path, mode });
      expect(await violationsIn(tab)).toEqual([]);
    },
  );

  it('raised no error in the page', () => {
    expect(stage.errors).toEqual([]);
  });
});
