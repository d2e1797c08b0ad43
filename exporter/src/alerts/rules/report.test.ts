import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { decision, T0 } from '../../../test/support/alerts.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import { type AlertStore, createAlertStore } from '../store/store.ts';
import { createRuleReporter, type FiringAlert } from './report.ts';

const MINUTE = 60_000;
describeStores((stores) => {
  let store: AlertStore;
  const logger = recordingLogger();
  beforeEach(() => {
    store = createAlertStore({
      database: stores.open(logger),
      externalLabels: ['cluster'],
      limits: { entries: 1000, age: 1e12 },
      maxOpen: 50,
    });
  });
  afterEach(async () => {
    await store.close();
  });

  function firing(
    name: string,
    changes: { value?: string; firedAt?: number; labels?: object } = {},
  ): FiringAlert {
    const { value = '1', firedAt = T0, labels = {} } = changes;
    return {
      name,
      instance: {
        labels: { alertname: name, severity: 'critical', job: 'api', ...labels },
        annotations: { description: `It is ${value}.`, summary: 'short' },
        value: 1,
        state: 'firing',
        activeAt: firedAt - MINUTE,
        firedAt,
        keptSince: null,
      },
    };
  }

  const current = async () => (await store.list('current', { limit: 50 })).items;

  describe('createRuleReporter', () => {
    it('raises what fires as source rules, and resolves what stops', async () => {
      const reporter = createRuleReporter(store, logger);
      await reporter.report([firing('ApiDown'), firing('Watchdog')], T0);
      expect(await current()).toMatchObject([
        {
          ...{ name: 'ApiDown', severity: 'critical', source: 'rules', state: 'active' },
          ...{ message: 'It is 1.', startsAt: T0, labels: { job: 'api' } },
        },
      ]);
      await reporter.report([firing('Watchdog')], T0 + MINUTE);
      expect(await current()).toMatchObject([
        { state: 'resolved', resolution: { by: { name: 'rules' }, at: T0 + MINUTE } },
      ]);
    });

    it('has the fingerprint that Prometheus’ alert has, without external labels', async () => {
      await createRuleReporter(store, logger).report(
        [firing('ApiDown', { labels: { cluster: 'berlin' } })],
        T0,
      );
      expect((await current())[0]?.fingerprint).toBe(
        store.fingerprint({ alertname: 'ApiDown', severity: 'critical', job: 'api' }),
      );
    });

    it('brings words up to date once a minute, not with every evaluation', async () => {
      const reporter = createRuleReporter(store, logger);
      await reporter.report([firing('ApiDown')], T0);
      await reporter.report([firing('ApiDown', { value: '2' })], T0 + 15_000);
      expect((await current())[0]?.message).toBe('It is 1.');
      await reporter.report([firing('ApiDown', { value: '3' })], T0 + MINUTE);
      expect((await current())[0]?.message).toBe('It is 3.');
    });

    it('leaves alone what a person resolved until it fires anew', async () => {
      const reporter = createRuleReporter(store, logger);
      await reporter.report([firing('ApiDown')], T0);
      const fingerprint = (await current())[0]?.fingerprint ?? '';
      await store.resolve(fingerprint, decision(T0 + 1000));
      await reporter.report([firing('ApiDown')], T0 + 2 * MINUTE);
      expect((await store.find(fingerprint))?.state).toBe('resolved');
      await reporter.report([], T0 + 3 * MINUTE);
      await reporter.report([firing('ApiDown', { firedAt: T0 + 4 * MINUTE })], T0 + 4 * MINUTE);
      expect((await store.find(fingerprint))?.state).toBe('active');
    });

    it('resolves what an earlier run left and no rule raises any more', async () => {
      await createRuleReporter(store, logger).report([firing('Removed')], T0);
      await createRuleReporter(store, logger).report([], T0 + MINUTE);
      expect(await current()).toMatchObject([{ name: 'Removed', state: 'resolved' }]);
    });

    it('goes on when the store cannot be written, logs it once, and catches up', async () => {
      let broken = true;
      const failing = {
        ...store,
        report: (report: Parameters<AlertStore['report']>[0]) => {
          if (broken) return Promise.reject(new StoreError('the disk is full'));
          return store.report(report);
        },
      };
      const log = recordingLogger();
      const reporter = createRuleReporter(failing, log);
      await reporter.report([firing('ApiDown')], T0);
      await reporter.report([firing('ApiDown')], T0 + 15_000);
      expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
      broken = false;
      await reporter.report([firing('ApiDown')], T0 + 30_000);
      expect(await current()).toMatchObject([{ name: 'ApiDown', state: 'active' }]);
    });

    it('writes thousands of alerts in small transactions, with turns for others between them', async () => {
      const sizes: number[] = [];
      const counting = {
        ...store,
        open: () => Promise.resolve(new Map()),
        find: () => Promise.resolve(undefined),
        report: (report: Parameters<AlertStore['report']>[0]) => {
          sizes.push(report.firing.length);
          return Promise.resolve({ alerts: [], resolved: 0 });
        },
      };
      const alerts = Array.from({ length: 5000 }, (_, n) => firing('Many', { labels: { n: String(n) } }));
      let turns = 0;
      const breath = () => () => {
        turns += 1;
        return Promise.resolve();
      };
      await createRuleReporter(counting, logger, breath).report(alerts, T0);
      expect([Math.max(...sizes), sizes.reduce((sum, size) => sum + size)]).toEqual([100, 5000]);
      expect(turns).toBeGreaterThan(100);
    });
  });
});
