import { describe, expect, it } from '@jest/globals';
import { recordingLogger } from '../../test/support/http.ts';
import { T0 } from '../../test/support/alerts.ts';
import { createMetrics } from '../metrics/registry.ts';
import type { Backlog } from './delivery/outbox.ts';
import {
  createAlertMetrics,
  deliverySamples,
  oldestDeliverySamples,
  storeSamples,
  unacknowledgedSamples,
} from './metrics.ts';
import { StoreError } from '../state/sqlite/errors.ts';

describe('storeSamples', () => {
  it('has every source, state and severity, 0 where there is nothing', () => {
    const samples = storeSamples([]);
    expect(samples).toHaveLength(5 * 3 * 5);
    expect(samples.every(({ value }) => value === 0)).toBe(true);
  });

  it('takes words in any case, and sums up what it does not know as other', () => {
    const samples = storeSamples([
      { source: 'api', state: 'active', severity: 'Critical', count: 2 },
      { source: 'api', state: 'active', severity: 'critical', count: 1 },
      { source: 'api', state: 'active', severity: 'odd', count: 4 },
      { source: 'api', state: 'active', severity: 'emergency', count: 1 },
    ]);
    expect(samples.filter(({ value }) => value > 0)).toEqual([
      { labels: { source: 'api', state: 'active', severity: 'critical' }, value: 4 },
      { labels: { source: 'api', state: 'active', severity: 'other' }, value: 4 },
    ]);
  });
});

describe('unacknowledgedSamples', () => {
  it('are ages in seconds of the oldest, never negative', () => {
    const oldest = [
      { severity: 'critical', since: T0 - 90_000 },
      { severity: 'CRITICAL', since: T0 - 10_000 },
      { severity: 'page', since: T0 + 5000 },
      { severity: 'odd', since: T0 + 5000 },
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

const BACKLOG: Backlog[] = [
  { receiver: 'email ana@example.org', state: 'pending', count: 2, oldest: T0 - 90_000 },
  { receiver: 'email bo@example.org', state: 'pending', count: 1, oldest: T0 - 10_000 },
  { receiver: 'email bo@example.org', state: 'dead', count: 4, oldest: T0 - 900_000 },
  { receiver: 'slack', state: 'held', count: 3, oldest: T0 - 5000 },
];

describe('the outbox', () => {
  it('is counted by integration and state, with the age of the oldest that waits', () => {
    const found = deliverySamples(BACKLOG, ['email', 'slack']).map(
      ({ labels, value }) => `${labels.integration} ${labels.state} ${value}`,
    );
    expect(found).toEqual([
      ...['email pending 3', 'email held 0', 'email dead 4'],
      ...['slack pending 0', 'slack held 3', 'slack dead 0'],
    ]);
    expect(oldestDeliverySamples(BACKLOG, ['email', 'slack'], T0).map(({ value }) => value)).toEqual([90, 0]);
  });
});

describe('createAlertMetrics', () => {
  it('takes the families away while the store fails, says so once and comes back', async () => {
    const metrics = createMetrics({ defaultMetrics: false });
    const logger = recordingLogger();
    let broken = false;
    const now: { full?: string; failure?: string } = {};
    const counts = () => {
      if (broken) return Promise.reject(new StoreError('the disk is gone'));
      return Promise.resolve([]);
    };
    const families = createAlertMetrics({
      store: {
        counts,
        oldestUnacknowledged: () => Promise.resolve([]),
        problem: () => Promise.resolve(now.full),
      },
      outbox: { backlog: () => Promise.resolve([]) },
      receivers: [{ integration: 'slack' }],
      loops: [{ name: 'delivery to slack', failure: () => now.failure }],
      ...{ metrics, logger },
    });
    const names = async (): Promise<string[]> => (await metrics.snapshot()).map(({ name }) => name);
    const value = async (family: string) =>
      (await metrics.snapshot()).find(({ name }) => name === family)?.samples[0]?.value;
    await families.update(T0);
    const all = [
      'valtronics_alert_deliveries',
      'valtronics_alert_delivery_oldest_seconds',
      'valtronics_alert_leader',
      'valtronics_alert_loop_up',
      'valtronics_alert_store_up',
      'valtronics_alerts_unacknowledged_seconds',
      'valtronics_store_alerts',
    ];
    expect(await names()).toEqual(all);
    broken = true;
    await families.update(T0);
    await families.update(T0);
    expect(await value('valtronics_alert_store_up')).toBe(0);
    expect(await names()).toEqual([
      'valtronics_alert_leader',
      'valtronics_alert_loop_up',
      'valtronics_alert_store_up',
    ]);
    broken = false;
    await families.update(T0);
    expect(await value('valtronics_alert_store_up')).toBe(1);
    expect(logger.lines.map(({ level }) => level)).toEqual(['error', 'info']);
    now.full = 'the disk is full';
    now.failure = 'a mistake';
    await families.update(T0);
    expect(await names()).toEqual(all);
    expect(await value('valtronics_alert_store_up')).toBe(0);
    expect(await value('valtronics_alert_loop_up')).toBe(0);
    families.withdraw();
    expect(await names()).toEqual([]);
    metrics.stop();
  });
});
