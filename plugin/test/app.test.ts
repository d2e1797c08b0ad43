import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page as Tab } from 'playwright-core';
import type { ShowApp } from './pages/app';
import { browserStage, describeInBrowser } from './support/browserStage';

const base: ShowApp = { path: 'fleet', mode: 'dark', devices: 60, broken: 12, alerts: 0 };

describeInBrowser('pages in Chromium', () => {
  const stage = browserStage({ entry: 'test/pages/app.tsx', app: true });
  let tab: Tab;

  beforeAll(async () => {
    tab = await stage.open();
  });

  afterAll(stage.close);

  async function show(width: number, height: number, change: Partial<ShowApp> = {}): Promise<void> {
    await tab.setViewportSize({ width, height });
    await tab.evaluate((value) => window.showApp(value), { ...base, ...change });
    await tab.getByRole('heading', { name: /need/ }).waitFor();
    await tab.getByTestId('panel').waitFor();
    if (process.env.PICTURES !== undefined)
      await tab.screenshot({
        path: join(
          process.env.PICTURES,
          `${(change.path ?? 'fleet').replaceAll(/\W/g, '-')}-${width}-${change.alerts ?? 0}.png`,
        ),
      });
  }
  const overflow = () =>
    tab.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
      return { wide: scrollWidth - clientWidth, high: scrollHeight - clientHeight };
    });

  it.each([390, 640, 800, 1280, 1920])('keep the fleet within a screen of %d pixels', async (width) => {
    await show(width, 844);
    expect((await overflow()).wide).toBeLessThanOrEqual(0);
  });

  it.each([390, 1280])('name devices in full at %d pixels', async (width) => {
    await show(width, 844);
    const worst = tab.getByRole('list', { name: 'Devices that need you, the worst first' });
    const link = worst.getByRole('link', { name: 'MOCK-1000' });
    const box = await link.evaluate((element) => {
      const parent = element.parentElement ?? element;
      const [inner, outer] = [element.getBoundingClientRect(), parent.getBoundingClientRect()];
      return { cut: element.scrollWidth - element.clientWidth, over: inner.right - outer.right };
    });
    expect(box.cut).toBeLessThanOrEqual(0);
    expect(box.over).toBeLessThanOrEqual(0.5);
  });

  it.each([
    [1920, 1080, 0],
    [1920, 1080, 12],
    [1280, 720, 12],
    [390, 844, 12],
  ])(
    'keep the wall display on a screen of %d × %d with %d alerts, the grid in sight',
    async (width, height, alerts) => {
      await show(width, height, { path: 'fleet?kiosk', alerts, devices: 400, broken: 60 });
      if (alerts > 0) await tab.getByText(/more critical alerts/).waitFor();
      await tab.getByText(/^and \d+ more$/).waitFor();
      expect(await overflow()).toEqual({ wide: 0, high: 0 });
      const grid = await tab.getByTestId('panel').boundingBox();
      expect(grid).not.toBeNull();
      expect((grid?.y ?? height) + (grid?.height ?? 0)).toBeLessThanOrEqual(height);
      expect(grid?.height ?? 0).toBeGreaterThan(height * 0.2);
    },
  );

  it('never cut an entry of the wall display in the middle', async () => {
    await show(1920, 1080, { path: 'fleet?kiosk', alerts: 12, devices: 400, broken: 60 });
    for (const name of [
      'Critical alerts that nobody has taken on',
      'Devices that need you, the worst first',
    ]) {
      const cut = await tab.getByRole('list', { name }).evaluate((list) => {
        const { right, bottom, left } = list.getBoundingClientRect();
        return [...list.children].filter((entry) => {
          const box = entry.getBoundingClientRect();
          return box.left >= left && box.left < right && box.bottom > bottom + 1;
        }).length;
      });
      expect(cut).toBe(0);
    }
  });
});
