import { describe, expect, it } from '@jest/globals';
import { createMetrics } from '../metrics/registry.ts';
import { createAlertRows, type AlertRows, type AlertRowsOptions } from './alert-rows.ts';

interface Fixture {
  readonly rows: AlertRows;
  samples(family: string): Promise<Record<string, number> | undefined>;
}

function tracker(sources: AlertRowsOptions['sources'], options: Partial<AlertRowsOptions> = {}): Fixture {
  const metrics = createMetrics({ defaultMetrics: false });
  return {
    rows: createAlertRows({ sources, metrics, ...options }),
    samples: async (name) => {
      const found = (await metrics.snapshot()).find((family) => family.name === name);
      return (
        found &&
        Object.fromEntries(found.samples.map(({ labels, value }) => [Object.values(labels).join('/'), value]))
      );
    },
  };
}

const group = (
  severity: string,
  alertType: string,
  count: number,
): { severity: string; alertType: string; count: number } => ({ severity, alertType, count });
const nonZero = (samples: Record<string, number> | undefined): Record<string, number> =>
  Object.fromEntries(Object.entries(samples ?? {}).filter(([, value]) => value !== 0));

describe('createAlertRows', () => {
  it('starts the counters of known severities and types at 0', async () => {
    const { samples } = tracker(['api']);
    const counters = (await samples('valtronics_alerts_total')) ?? {};
    expect(Object.keys(counters)).toHaveLength(12);
    expect(counters).toMatchObject({ 'critical/threshold': 0, 'warning/system': 0, 'info/device': 0 });
    expect(await samples('valtronics_alerts_active')).toBeUndefined();
  });

  it('has nothing without a source', async () => {
    const { rows, samples } = tracker([]);
    rows.applyActive('api', [group('critical', 'threshold', 1)]);
    rows.raised('api', [group('critical', 'threshold', 1)]);
    expect(await samples('valtronics_alerts_total')).toBeUndefined();
    expect(await samples('valtronics_alerts_active')).toBeUndefined();
    expect(rows.activeBySeverity()).toBeUndefined();
  });

  it('replaces active rows and shows zeros of known groups', async () => {
    const { rows, samples } = tracker(['api']);
    rows.applyActive('api', [group('critical', 'threshold', 3), group('emergency', 'humidity_low', 1)]);
    expect(nonZero(await samples('valtronics_alerts_active'))).toEqual({
      'critical/threshold': 3,
      'emergency/humidity_low': 1,
    });
    rows.applyActive('api', [group('warning', 'anomaly', 2)]);
    const samplesNow = await samples('valtronics_alerts_active');
    expect(nonZero(samplesNow)).toEqual({ 'warning/anomaly': 2 });
    expect(Object.keys(samplesNow ?? {})).toHaveLength(12);
    expect([...(rows.activeBySeverity() ?? [])]).toEqual([['warning', 2]]);
  });

  it('adds up what was raised, and never falls', async () => {
    const { rows, samples } = tracker(['postgres']);
    for (const count of [2, 0, -5, NaN, Infinity, 3])
      rows.raised('postgres', [group('critical', 'threshold', count)]);
    expect(nonZero(await samples('valtronics_alerts_total'))).toEqual({ 'critical/threshold': 5 });
  });

  it('believes the database alone when both are configured', async () => {
    const { rows, samples } = tracker(['api', 'postgres']);
    rows.applyActive('api', [group('critical', 'threshold', 9)]);
    rows.raised('api', [group('critical', 'threshold', 9)]);
    expect(await samples('valtronics_alerts_active')).toBeUndefined();
    rows.applyActive('postgres', [group('critical', 'threshold', 1)]);
    rows.withdraw('api');
    expect(nonZero(await samples('valtronics_alerts_active'))).toEqual({ 'critical/threshold': 1 });
    expect(nonZero(await samples('valtronics_alerts_total'))).toEqual({});
  });

  it('withdraws the gauge and keeps the counter', async () => {
    const { rows, samples } = tracker(['api']);
    rows.raised('api', [group('critical', 'threshold', 1)]);
    rows.applyActive('api', [group('critical', 'threshold', 1)]);
    rows.withdraw('api');
    expect(await samples('valtronics_alerts_active')).toBeUndefined();
    expect(rows.activeBySeverity()).toBeUndefined();
    expect(nonZero(await samples('valtronics_alerts_total'))).toEqual({ 'critical/threshold': 1 });
  });

  it('leaves words as found', async () => {
    const { rows, samples } = tracker(['api']);
    rows.applyActive('api', [group('CRITICAL', 'Threshold', 1), group('__proto__', '<b>', 2)]);
    expect(nonZero(await samples('valtronics_alerts_active'))).toEqual({
      'CRITICAL/Threshold': 1,
      ['__proto__/<b>']: 2,
    });
  });

  it('folds types over the cap and keeps their severity', async () => {
    const { rows, samples } = tracker(['api'], { maxGroups: 2 });
    const flood = ['a', 'b', 'c', 'd'].map((type) => group('critical', type, 1));
    rows.applyActive('api', flood);
    rows.raised('api', flood);
    rows.raised('api', flood);
    expect(nonZero(await samples('valtronics_alerts_active'))).toEqual({
      'critical/a': 1,
      'critical/b': 1,
      'critical/other': 2,
    });
    expect(nonZero(await samples('valtronics_alerts_total'))).toEqual({
      'critical/a': 2,
      'critical/b': 2,
      'critical/other': 4,
    });
    expect(await samples('valtronics_series_dropped_total')).toMatchObject({ alert_groups: 2 });
  });

  it('folds severities over their cap, never the known ones', async () => {
    const { rows, samples } = tracker(['api'], { maxSeverities: 1 });
    rows.applyActive(
      'api',
      ['s1', 's2', 's3', 'info'].map((severity) => group(severity, 'threshold', 1)),
    );
    expect(nonZero(await samples('valtronics_alerts_active'))).toEqual({
      's1/threshold': 1,
      'other/threshold': 2,
      'info/threshold': 1,
    });
    expect([...(rows.activeBySeverity() ?? [])]).toEqual([
      ['s1', 1],
      ['other', 2],
      ['info', 1],
    ]);
  });

  it('stays bounded under a flood of words', async () => {
    const { rows, samples } = tracker(['api']);
    const flood = Array.from({ length: 5000 }, (_, index) => group(`s${index}`, `t${index}`.repeat(100), 1));
    rows.applyActive('api', flood);
    const active = (await samples('valtronics_alerts_active')) ?? {};
    expect(Object.keys(active).length).toBeLessThanOrEqual(12 + 50 + 24);
    expect(Object.values(active).reduce((sum, value) => sum + value, 0)).toBe(5000);
  });
});
