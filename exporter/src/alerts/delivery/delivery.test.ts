import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent, decision, T0 } from '../../../test/support/alerts.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { hangingReceiver, recordingReceiver } from '../../../test/support/receivers.ts';
import { waitFor } from '../../../test/support/server.ts';
import { system } from '../alert.ts';
import { DeliveryError, type Receiver } from '../receivers/receiver.ts';
import type { Database } from '../store/sql.ts';
import { type AlertStore, createAlertStore, type Report } from '../store/store.ts';
import { createDeliveries, type Deliveries } from './delivery.ts';
import { testReceivers } from './test-receivers.ts';

describeStores((stores) => {
  let database: Database;
  let store: AlertStore;
  let deliveries: Deliveries;
  let logger: ReturnType<typeof recordingLogger>;
  let now = T0;
  /** Devices in maintenance. */
  const covered = new Set<string>();

  function begin(receivers: readonly Receiver[], timeout = 10_000): void {
    database = stores.open(logger);
    deliveries = createDeliveries({
      ...{ database, receivers, logger, random: () => 1, timeout },
      clock: { wall: () => now, monotonic: () => now },
      coverage: () => Promise.resolve((alert) => covered.has(alert.labels['device_id'] ?? '')),
    });
    store = createAlertStore({
      database,
      externalLabels: [],
      limits: { entries: 1000, age: 1e12 },
      maxOpen: 500,
      onChange: deliveries.outbox.enqueue,
      onChanged: deliveries.wake,
    });
    deliveries.start();
  }

  async function end(): Promise<void> {
    await deliveries.stop();
    await store.close();
  }

  beforeEach(() => {
    logger = recordingLogger();
    now = T0;
    covered.clear();
  });
  afterEach(async () => {
    await end();
  });

  async function raise(name: string, source: Report['source'] = 'api'): Promise<string> {
    const firing = [alertContent({ name, source })];
    const { alerts } = await store.report({ source, firing, gone: [], comment: '', by: system('t'), now });
    return alerts[0]?.fingerprint ?? '';
  }

  const kept = (state: 'pending' | 'delivered' | 'dead') => deliveries.outbox.list({ state }, 100);
  const until = (what: string, condition: () => boolean | Promise<boolean>): Promise<void> =>
    waitFor(what, condition, undefined, 5);

  describe('a receiver', () => {
    it('is told that an alert fires and that it is over, in that order and once', async () => {
      const { receiver, told } = recordingReceiver();
      begin([receiver]);
      const fingerprint = await raise('A');
      await raise('A');
      await store.acknowledge(fingerprint, decision(now));
      await store.resolve(fingerprint, decision(now));
      await until('both notices', () => told.length >= 2);
      await until('their records', async () => (await kept('delivered')).length === 2);
      expect(told).toEqual(['firing A', 'resolved A']);
      expect((await kept('delivered'))[1]).toMatchObject({
        receiver: 'webhook',
        attempts: 1,
        deliveredAt: T0,
        lastError: null,
      });
    });

    it('is never told what came from Alertmanager', async () => {
      const { receiver, told } = recordingReceiver();
      begin([receiver]);
      await raise('Theirs', 'alertmanager');
      await raise('Ours');
      await until('a notice', () => told.length > 0);
      expect(told).toEqual(['firing Ours']);
      expect(
        (await deliveries.outbox.open('webhook', 0, 100)).notices.map(({ alert }) => alert.name),
      ).toEqual(['Ours']);
    });

    it('that fails is tried again, and what comes later waits for its turn', async () => {
      let failing = true;
      const { receiver, told } = recordingReceiver({}, () => {
        if (failing) throw new DeliveryError('the webhook answered 500');
      });
      begin([receiver]);
      await store.resolve(await raise('A'), decision(now));
      await until('a failed attempt', async () =>
        (await kept('pending')).some(({ attempts }) => attempts === 1),
      );
      expect(
        (await kept('pending')).map(({ kind, attempts, dueAt, lastError }) => [
          kind,
          attempts,
          dueAt,
          lastError,
        ]),
      ).toEqual([
        ['resolved', 0, T0, null],
        ['firing', 1, T0 + 1000, 'the webhook answered 500'],
      ]);
      failing = false;
      now += 1000;
      deliveries.wake();
      await until('both', () => told.length === 2);
      expect(told).toEqual(['firing A', 'resolved A']);
    });

    it('is left alone as long as it asks', async () => {
      const { receiver } = recordingReceiver({}, () => {
        throw new DeliveryError('429', { retryAfter: 120_000 });
      });
      begin([receiver]);
      await raise('A');
      await until('a failed attempt', async () => (await kept('pending'))[0]?.attempts === 1);
      expect((await kept('pending'))[0]?.dueAt).toBe(T0 + 120_000);
    });

    it('that will never take it leaves a dead letter, which can be retried', async () => {
      let refusing = true;
      const { receiver, told } = recordingReceiver({}, () => {
        if (refusing) throw new DeliveryError('the webhook answered 400 no such key', { permanent: true });
      });
      begin([receiver]);
      await raise('A');
      await until('a dead letter', async () => (await kept('dead')).length === 1);
      const [dead] = await kept('dead');
      expect(dead).toMatchObject({ attempts: 1, lastError: 'the webhook answered 400 no such key' });
      expect(logger.lines.some(({ level }) => level === 'error')).toBe(true);
      refusing = false;
      expect(await deliveries.outbox.retry(dead?.id ?? 0, now)).toBe(true);
      expect(await deliveries.outbox.retry(dead?.id ?? 0, now)).toBe(false);
      deliveries.wake();
      await until('the notice', () => told.length === 1);
    });

    it('that does not come back within a day leaves a dead letter, too', async () => {
      const { receiver } = recordingReceiver({}, () => {
        now += 90_000_000;
        throw new DeliveryError('500');
      });
      begin([receiver]);
      await raise('A');
      await until('a dead letter', async () => (await kept('dead')).length === 1);
    });

    it('is not told that an alert fires after it was told that it is over', async () => {
      const { receiver, told } = recordingReceiver({}, ([notice]) => {
        if (notice?.kind === 'firing') throw new DeliveryError('400', { permanent: true });
      });
      begin([receiver]);
      await store.resolve(await raise('A'), decision(now));
      await until('the end', () => told.length === 1);
      await until('its record', async () => (await kept('delivered')).length === 1);
      expect(await deliveries.outbox.retry((await kept('dead'))[0]?.id ?? 0, now)).toBe(false);
    });

    it('that hangs delays no other and not the end', async () => {
      const { receiver, told } = recordingReceiver();
      begin([hangingReceiver, receiver]);
      for (const name of ['A', 'B', 'C']) await raise(name);
      await until('the notices of the other', () => told.length === 3);
      await until('their records', async () => (await kept('delivered')).length === 3);
      expect((await kept('pending')).map((one) => one.receiver)).toEqual(['slack', 'slack', 'slack']);
    });

    it('that hangs is given up in time and tried again', async () => {
      begin([hangingReceiver], 20);
      await raise('A');
      await until('a failed attempt', async () => (await kept('pending'))[0]?.attempts === 1);
      expect((await kept('pending'))[0]?.lastError).toContain('cannot be reached');
    });

    it('is told after a restart what it was not told before', async () => {
      begin([hangingReceiver]);
      await raise('A');
      await end();
      const { receiver, told } = recordingReceiver({ name: 'slack' });
      begin([receiver]);
      await until('the notice', () => told.length === 1);
      expect(told).toEqual(['firing A']);
      await until('its record', async () => (await kept('delivered')).length === 1);
      expect(await kept('delivered')).toMatchObject([{ attempts: 1 }]);
    });
  });

  describe('a receiver that wants to be reminded', () => {
    it('is told every open alert each minute, and at once after a restart', async () => {
      const sent: string[][] = [];
      const reminded: Receiver = {
        name: 'alertmanager',
        integration: 'alertmanager',
        batch: 2,
        repeat: 60_000,
        send: (notices) => {
          sent.push(notices.map(({ kind, alert }) => `${kind} ${alert.name}`));
          return Promise.resolve('200');
        },
      };
      begin([reminded]);
      for (const name of ['A', 'B', 'C']) await raise(name);
      await store.resolve(await raise('D'), decision(now));
      await until('all notices', async () => (await kept('delivered')).length === 5);
      await end();
      sent.length = 0;
      begin([reminded]);
      await until('the repetition', () => sent.length === 2);
      expect(sent).toEqual([['firing A', 'firing B'], ['firing C']]);
      now += 60_000;
      deliveries.wake();
      await until('the next', () => sent.length === 4);
    });

    it('that cannot take one of many is told the others', async () => {
      const { receiver, told } = recordingReceiver({ batch: 64 }, (notices) => {
        if (notices.some(({ alert }) => alert.name === 'Bad'))
          throw new DeliveryError('400', { permanent: true });
      });
      begin([receiver]);
      const firing = ['A', 'Bad', 'C'].map((name) => alertContent({ name }));
      await store.report({ source: 'api', firing, gone: [], comment: '', by: system('t'), now });
      await until('the dead letter', async () => (await kept('dead')).length === 1);
      await until('the others', () => told.length === 2);
      expect(told).toEqual(['firing A', 'firing C']);
    });
  });

  describe('testReceivers', () => {
    it('tells each that a test fires and is over, and says what each answered', async () => {
      const good = recordingReceiver();
      const bad = recordingReceiver({ name: 'pagerduty' }, () => {
        throw new DeliveryError('PagerDuty answered 403');
      });
      begin([]);
      expect(await testReceivers([good.receiver, bad.receiver], 'ana', now)).toEqual([
        { receiver: 'webhook', delivered: true, answer: '202', durationSeconds: expect.any(Number) },
        {
          receiver: 'pagerduty',
          delivered: false,
          answer: 'PagerDuty answered 403',
          durationSeconds: expect.any(Number),
        },
      ]);
      expect(good.told).toEqual(['firing ValtronicsTest', 'resolved ValtronicsTest']);
      expect((await store.statistics(now)).total).toBe(0);
    });
  });
});
