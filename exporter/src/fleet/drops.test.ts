import { describe, expect, it } from '@jest/globals';
import { SERIES_DROPPED } from '../metrics/catalogue/collection.ts';
import { createMetrics } from '../metrics/registry.ts';
import { createDrops, DROP_REASONS, MAX_REMEMBERED } from './drops.ts';

describe('createDrops', () => {
  it('starts every reason at 0', async () => {
    const metrics = createMetrics({ defaultMetrics: false });
    createDrops(metrics);
    const [family] = await metrics.snapshot();
    expect(family?.samples).toEqual(DROP_REASONS.map((reason) => ({ labels: { reason }, value: 0 })));
  });

  it('counts a thing once for each reason', () => {
    const metrics = createMetrics({ defaultMetrics: false });
    const drops = createDrops(metrics);
    for (const thing of ['a', 'b', 'a', 'a']) drops.once('devices', thing);
    drops.once('units', 'a');
    expect(metrics.counter(SERIES_DROPPED, { reason: 'devices' }).value).toBe(2);
    expect(metrics.counter(SERIES_DROPPED, { reason: 'units' }).value).toBe(1);
  });

  it('forgets all when too many are remembered, and counts on', () => {
    const metrics = createMetrics({ defaultMetrics: false });
    const drops = createDrops(metrics);
    const cell = metrics.counter(SERIES_DROPPED, { reason: 'devices' });
    for (let index = 0; index <= MAX_REMEMBERED; index += 1) drops.once('devices', `d${index}`);
    expect(cell.value).toBe(MAX_REMEMBERED + 1);
    drops.once('devices', `d${MAX_REMEMBERED}`);
    expect(cell.value).toBe(MAX_REMEMBERED + 1);
    drops.once('devices', 'd0');
    expect(cell.value).toBe(MAX_REMEMBERED + 2);
  });
});
