import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { T0 } from '../../../test/support/alerts.ts';
import { fleetExposition } from '../../../test/support/fleet-exposition.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { memoryState } from '../../../test/support/memory-state.ts';
import { waitFor } from '../../../test/support/server.ts';
import { loadSettings } from '../../config/load.ts';
import { createMetrics } from '../../metrics/registry.ts';
import { type AlertStore, createAlertStore } from '../store/store.ts';
import { createRules, instanceOf, type Rules } from './rules.ts';

const MINUTE = 60_000;
const PROVISIONED = join(import.meta.dirname, '../../../../provisioning/prometheus/rules/*.yml');

describeStores((stores) => {
  let store: AlertStore;
  let state: ReturnType<typeof memoryState>;
  let logger: ReturnType<typeof recordingLogger>;
  let now = T0;
  let silent = 0;
  beforeEach(() => {
    logger = recordingLogger();
    state = memoryState();
    now = T0;
    silent = 0;
    store = createAlertStore({
      database: stores.open(logger),
      externalLabels: [],
      limits: { entries: 1000, age: 1e12 },
      maxOpen: 500,
    });
  });
  afterEach(async () => {
    await store.close();
  });

  function start(environment: Record<string, string>): {
    rules: Rules | undefined;
    metrics: ReturnType<typeof createMetrics>;
  } {
    const metrics = createMetrics({ defaultMetrics: false });
    const { settings } = loadSettings(environment);
    const expose = () =>
      Promise.resolve(fleetExposition(10, { silent, silentSince: now / 1000 - 7200, now: now / 1000 }));
    const collect = () => Promise.resolve();
    return {
      rules: createRules({
        settings,
        store,
        state,
        metrics,
        logger,
        expose,
        collect,
        clock: { wall: () => now, monotonic: () => now },
      }),
      metrics,
    };
  }

  function begin(environment: Record<string, string>): Rules {
    const { rules } = start(environment);
    if (rules === undefined) throw new Error('no rules are evaluated');
    expect(rules.views()).toEqual([]);
    rules.load();
    return rules;
  }

  /** Evaluates every 15 seconds for so long, milliseconds. */
  async function pass(rules: Rules, time: number): Promise<void> {
    for (const end = now + time; now < end; now += 15_000) await rules.evaluate();
  }

  const open = async (): Promise<string[]> =>
    (await store.list('current', { limit: 50 })).items
      .filter((alert) => alert.state !== 'resolved')
      .map(({ name }) => name);

  const FILES = { VALTRONICS_RULES_FILES: PROVISIONED };

  describe('createRules', () => {
    it('evaluates nothing unless it is told to', () => {
      expect(start({}).rules).toBeUndefined();
    });

    it('raises DevicesOffline after its time and resolves it, from the files of Prometheus', async () => {
      const rules = begin(FILES);
      silent = 5;
      await pass(rules, 10 * MINUTE);
      expect(await open()).toEqual([]);
      expect(rules.views().find(({ name }) => name === 'DevicesOffline')).toMatchObject({
        ...{ state: 'pending', health: 'ok', forSeconds: 600 },
        instances: [{ labels: { job: 'valtronics-api' }, value: '0.5', since: T0 }],
      });
      await pass(rules, MINUTE);
      expect(await open()).toEqual(['DevicesOffline']);
      expect((await store.list('current', { limit: 5 })).items[0]?.message).toContain('It is 50% now.');
      silent = 0;
      await pass(rules, MINUTE);
      expect(await open()).toEqual([]);
    });

    it('tells stale devices one by one, with what is known of them', async () => {
      const rules = begin(FILES);
      silent = 2;
      await pass(rules, 7 * MINUTE);
      expect((await store.list('current', { limit: 5 })).items.map(({ message }) => message).sort()).toEqual([
        expect.stringMatching(/^Sensor 0 \(environmental_sensor, Hall 0\) has not been heard of for 2h 0m/),
        expect.stringMatching(/^Sensor 1 \(environmental_sensor, Hall 1\)/),
      ]);
    });

    it('says of every rule that it cannot evaluate why', () => {
      const refused = begin(FILES)
        .views()
        .filter(({ lastError }) => lastError !== null);
      expect(refused.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['HighCPUUsage', 'NotificationsFailing', 'TelemetryDataMissing']),
      );
      for (const { state: word, health } of refused) expect([word, health]).toEqual(['unknown', 'err']);
      expect(logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
    });

    it('evaluates every rule but those of other exporters when it keeps enough history', () => {
      const refused = begin({ ...FILES, VALTRONICS_RULES_HISTORY: '8d' })
        .views()
        .filter(({ lastError }) => lastError !== null);
      expect(refused.map(({ name }) => name).sort()).toEqual([
        ...[
          'DiskSpaceLow',
          'HighCPUUsage',
          'HighMemoryUsage',
          'NotificationsFailing',
          'RuleEvaluationFailing',
        ],
      ]);
    });

    it('takes a pending alert up where it was after a restart: time away does not count', async () => {
      const first = begin(FILES);
      silent = 5;
      await pass(first, 8 * MINUTE);
      await first.stop();
      now += 20 * MINUTE;
      const second = begin(FILES);
      await pass(second, MINUTE);
      expect(await open()).toEqual([]);
      await pass(second, 2 * MINUTE);
      expect(await open()).toEqual(['DevicesOffline']);
      await second.stop();
    });

    it('knows after a kill how long an alert had been pending', async () => {
      const killed = begin(FILES);
      silent = 5;
      await pass(killed, 9 * MINUTE);
      now += MINUTE;
      const next = begin(FILES);
      await pass(next, 2.5 * MINUTE);
      expect(await open()).toEqual(['DevicesOffline']);
    });

    it('begins anew after an absence of more than an hour', async () => {
      const first = begin(FILES);
      silent = 5;
      await pass(first, 8 * MINUTE);
      await first.stop();
      now += 61 * MINUTE;
      const second = begin(FILES);
      await pass(second, 9 * MINUTE);
      expect(await open()).toEqual([]);
    });

    it('does not resolve what fired before a restart while its history is short', async () => {
      const environment = {
        VALTRONICS_RULES_OWN: JSON.stringify([
          { name: 'WasSilent', expression: 'max_over_time(valtronics_devices{status="offline"}[5m]) > 0' },
        ]),
      };
      const first = begin(environment);
      silent = 1;
      await pass(first, MINUTE);
      silent = 0;
      await first.stop();
      const second = begin(environment);
      await pass(second, 4 * MINUTE);
      expect(await open()).toEqual(['WasSilent']);
      await pass(second, 2 * MINUTE);
      expect(await open()).toEqual([]);
    });

    it('ignores a damaged memory', async () => {
      await state.write('rules', { savedAt: 'yesterday' });
      await pass(begin(FILES), MINUTE);
      expect(logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
    });

    it('warns where Prometheus may do the same, and where it sees a part of the fleet only', async () => {
      await pass(
        begin({
          ...FILES,
          VALTRONICS_ALERTMANAGER_URL: 'http://127.0.0.1:9093',
          VALTRONICS_TOTAL_SHARDS: '2',
        }),
        1,
      );
      const warned = logger.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
      expect(warned).toEqual(
        expect.arrayContaining([
          expect.stringContaining('are both set'),
          expect.stringContaining('part of the fleet'),
        ]),
      );
    });

    it('starts by itself, counts, and takes its values away when it stops', async () => {
      const { rules, metrics } = start(FILES);
      rules?.start();
      const names = async () =>
        (await metrics.snapshot()).map(({ name }) => name).filter((name) => name.includes('_rules_'));
      await waitFor('the first round', async () =>
        (await names()).includes('valtronics_rules_duration_seconds'),
      );
      await rules?.stop();
      expect(await names()).toEqual([
        ...[
          'valtronics_rules_evaluation_failures_total',
          'valtronics_rules_evaluations_total',
          'valtronics_rules_overruns_total',
        ],
      ]);
    });
  });

  describe('instanceOf', () => {
    it.each([
      ['127.0.0.1:8001', '127.0.0.1:8001'],
      ['[::1]:9000', '[::1]:9000'],
      ['0.0.0.0:8001', /^[^:]+:8001$/],
      [':8001', /^[^:]+:8001$/],
    ])('of %s', (listen, name) => {
      expect(instanceOf(loadSettings({ VALTRONICS_LISTEN: listen }).settings)).toEqual(
        typeof name === 'string' ? name : expect.stringMatching(name),
      );
    });

    it('is what the setting says', () => {
      const { settings } = loadSettings({ VALTRONICS_RULES_INSTANCE: 'exporter:8001' });
      expect(instanceOf(settings)).toBe('exporter:8001');
    });
  });
});
