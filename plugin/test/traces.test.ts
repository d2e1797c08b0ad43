import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page as Tab } from 'playwright-core';
import type { ShowTraces } from './pages/traces';
import { browserStage, describeInBrowser, violationsIn } from './support/browserStage';

const base: ShowTraces = { path: 'traces', mode: 'dark', world: 'full' };

describeInBrowser('the traces page in Chromium', () => {
  const stage = browserStage({ entry: 'test/pages/traces.tsx', app: true });
  let tab: Tab;

  beforeAll(async () => {
    tab = await stage.open();
  });

  afterAll(stage.close);

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
    expect(await violationsIn(tab)).toEqual([]);
  });

  it('raised no error in the page', () => {
    expect(stage.errors).toEqual([]);
  });
});
