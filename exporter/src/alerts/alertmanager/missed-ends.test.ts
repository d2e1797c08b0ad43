import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent, T0 } from '../../../test/support/alerts.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { waitFor } from '../../../test/support/server.ts';
import { system } from '../alert.ts';
import { DeliveryError } from '../receivers/receiver.ts';
import { type AlertStore, createAlertStore, type Report } from '../store/store.ts';
import type { Loop } from '../loop.ts';
import { type ActiveAlerts, createMissedEnds } from './missed-ends.ts';

describeStores((stores) => {
  let store: AlertStore;
  let logger: ReturnType<typeof recordingLogger>;
  let looking: Loop;
  let theirs: ActiveAlerts;
  let broken: Error | undefined;
  let whileAsked: () => Promise<void>;
  let looks: number;
  let monotonic: number;

  beforeEach(() => {
    logger = recordingLogger();
    looks = 0;
    broken = undefined;
    whileAsked = () => Promise.resolve();
    theirs = { startedAt: 'long ago', labels: [] };
    monotonic = 0;
    store = createAlertStore({
      database: stores.open(logger),
      externalLabels: ['cluster'],
      limits: { entries: 1000, age: 1e12 },
      maxOpen: 50,
    });
    looking = create(0);
  });

  function create(settled: number): Loop {
    return createMissedEnds({
      ask: async () => {
        looks += 1;
        await whileAsked();
        if (broken !== undefined) throw broken;
        return theirs;
      },
      ...{ store, logger, interval: 5, settled },
      clock: { wall: () => T0 + 60_000, monotonic: () => monotonic },
    });
  }
  afterEach(async () => {
    await looking.stop();
    await store.close();
  });

  async function raise(name: string, source: Report['source'] = 'alertmanager'): Promise<void> {
    const firing = [alertContent({ name, source })];
    await store.report({ source, firing, gone: [], comment: '', by: system('t'), now: T0 });
  }
  const states = async (): Promise<string[]> =>
    (await store.list('history', { limit: 100 })).items.map(({ name, state }) => `${name} ${state}`).sort();
  /** Waits for two more looks: the first of them may have been under way. */
  const looked = (): Promise<void> => {
    const before = looks;
    return waitFor('two more looks', () => looks >= before + 2, undefined, 1);
  };

  describe('alerts of Alertmanager', () => {
    it('are over when it has them no more, and say why', async () => {
      await raise('Silenced');
      await raise('Firing');
      const { labels } = alertContent({ name: 'Firing' });
      theirs = { ...theirs, labels: [{ ...labels, cluster: 'demo' }] };
      looking.start();
      await waitFor('the end', async () => (await states()).includes('Silenced resolved'), undefined, 1);
      await looked();
      expect(await states()).toEqual(['Firing active', 'Silenced resolved']);
      const [silenced] = (await store.list('history', { limit: 100 })).items.filter(
        ({ name }) => name === 'Silenced',
      );
      expect(silenced?.resolution).toEqual({
        by: system('alertmanager'),
        at: T0 + 60_000,
        comment: 'Alertmanager has it no more',
      });
    });

    it('stay while Alertmanager is young: it may not have been told of them again', async () => {
      looking = create(300_000);
      await raise('A');
      looking.start();
      await looked();
      monotonic = 299_000;
      await looked();
      expect(await states()).toEqual(['A active']);
      // Whatever its clock says: another start is another run.
      theirs = { startedAt: 'just now', labels: [] };
      monotonic = 310_000;
      await looked();
      expect(await states()).toEqual(['A active']);
      monotonic = 700_000;
      await waitFor('the end', async () => (await states()).includes('A resolved'), undefined, 1);
    });

    it('stay when Grafana evaluates them, which no Alertmanager need know of', async () => {
      const firing = [alertContent({ name: 'Grafanas', source: 'alertmanager' })];
      const by = system('grafana');
      await store.report({ source: 'alertmanager', firing, gone: [], comment: '', by, now: T0 });
      await raise('A');
      looking.start();
      await waitFor('the end', async () => (await states()).includes('A resolved'), undefined, 1);
      expect(await states()).toEqual(['A resolved', 'Grafanas active']);
    });

    it('stay when they were raised while it was asked', async () => {
      await raise('Before');
      whileAsked = async () => {
        await raise('Meanwhile');
        theirs = { ...theirs, labels: [alertContent({ name: 'Meanwhile' }).labels] };
        broken = looks === 1 ? undefined : new DeliveryError('away');
        if (looks === 1) theirs = { ...theirs, labels: [] };
      };
      looking.start();
      await looked();
      expect(await states()).toEqual(['Before resolved', 'Meanwhile active']);
    });

    it('stay while it does not answer, which is said once', async () => {
      await raise('A');
      broken = new DeliveryError('Alertmanager at am:9093 cannot be reached: refused');
      looking.start();
      await looked();
      expect(await states()).toEqual(['A active']);
      expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
      broken = undefined;
      await waitFor('the end', async () => (await states()).includes('A resolved'), undefined, 1);
    });

    it('are all that is looked at: others are their own sources’', async () => {
      await raise('Ours', 'api');
      await raise('Platforms', 'platform');
      await raise('A');
      looking.start();
      await waitFor('the end', async () => (await states()).includes('A resolved'), undefined, 1);
      expect(await states()).toEqual(['A resolved', 'Ours active', 'Platforms active']);
    });

    it('need no question when there are none', async () => {
      await raise('Ours', 'api');
      looking.start();
      await looking.stop();
      expect(looks).toBe(0);
    });
  });
});
