import { describe, expect, it } from '@jest/globals';
import { recordingLogger } from '../../test/support/http.ts';
import { T0 } from '../../test/support/alerts.ts';
import { createMetrics } from '../metrics/registry.ts';
import { createAlertMetrics, storeSamples, unacknowledgedSamples } from './metrics.ts';
import { StoreError } from './store/errors.ts';

describe('storeSamples', () => {
  it('has every source, state and severity, 0 where there is nothing', () => {
    const samples = storeSamples([]);
    expect(samples).toHaveLength(4 * 3 * 5);
    expect(samples.every(({ value }) => value === 0)).toBe(true);
  });

  it('takes words in any case, and sums up what it does not know as other', () => {
    const samples = storeSamples([
      { source: 'api', state: 'active', severity: 'Critical', count: 2 },
      { source: 'api', state: 'active', severity: 'critical', count: 1 },
      { source: 'api', state: 'active', severity: 'page', count: 4 },
      { source: 'api', state: 'active', severity: 'emergency', count: 1 },
    ]);
    expect(samples.filter(({ value }) => value > 0)).toEqual([
      { labels: { source: 'api', state: 'active', severity: 'critical' }, value: 3 },
      { labels: { source: 'api', state: 'active', severity: 'other' }, value: 5 },
    ]);
  });
});

describe('unacknowledgedSamples', () => {
  it('are ages in seconds of the oldest, never negative', () => {
    const oldest = [
      { severity: 'critical', since: T0 - 90_000 },
      { severity: 'CRITICAL', since: T0 - 10_000 },
      { severity: 'page', since: T0 + 5000 },
    ];
    expect(
      Object.fromEntries(unacknowledgedSamples(oldest, T0).map((s) => [s.labels.severity, s.value])),
    ).toEqual({
      critical: 90,
      warning: 0,
      info: 0,
      none: 0,
      other: 0,
    });
  });
});

describe('createAlertMetrics', () => {
  it('takes the families away while the store fails, says so once and comes back', async () => {
    const metrics = createMetrics({ defaultMetrics: false });
    const logger = recordingLogger();
    let broken = false;
    const counts = () => {
      if (broken) throw new StoreError('the disk is gone');
      return [];
    };
    const families = createAlertMetrics({ counts, oldestUnacknowledged: () => [] }, metrics, logger);
    const names = async (): Promise<string[]> => (await metrics.snapshot()).map(({ name }) => name);
    const up = async () =>
      (await metrics.snapshot()).find((f) => f.name === 'valtronics_alert_store_up')?.samples;
    families.update(T0);
    expect(await names()).toEqual([
      'valtronics_alert_store_up',
      'valtronics_alerts_unacknowledged_seconds',
      'valtronics_store_alerts',
    ]);
    broken = true;
    families.update(T0);
    families.update(T0);
    expect(await up()).toEqual([{ labels: {}, value: 0 }]);
    expect(await names()).toEqual(['valtronics_alert_store_up']);
    broken = false;
    families.update(T0);
    expect(await up()).toEqual([{ labels: {}, value: 1 }]);
    expect(logger.lines.map(({ level }) => level)).toEqual(['error', 'info']);
    families.withdraw();
    expect(await names()).toEqual([]);
    metrics.dispose();
  });
});
