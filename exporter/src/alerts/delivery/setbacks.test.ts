import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent, T0 } from '../../../test/support/alerts.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { hangingReceiver, recordingReceiver } from '../../../test/support/receivers.ts';
import { waitFor } from '../../../test/support/server.ts';
import { system } from '../alert.ts';
import { DeliveryError, type Receiver } from '../receivers/receiver.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import type { Database } from '../store/sql.ts';
import { type AlertStore, createAlertStore } from '../store/store.ts';
import { createDeliveries, type Deliveries } from './delivery.ts';

describeStores((stores) => {
  let database: Database;
  let store: AlertStore;
  let deliveries: Deliveries;
  let logger: ReturnType<typeof recordingLogger>;
  let now = T0;
  /** Whether outcomes of sendings cannot be written. */
  let isBroken: boolean;
  /** What the wall clock was set back by. */
  let stepped = 0;
  /** How often the time was asked: workers do at each turn. */
  let looks = 0;

  function begin(receivers: readonly Receiver[], timeout = 10_000): void {
    const opened = stores.open(logger);
    database = {
      ...opened,
      writeUnsynced: (work) =>
        isBroken ? Promise.reject(new StoreError('the disk is full')) : opened.writeUnsynced(work),
    };
    deliveries = createDeliveries({
      ...{ database, receivers, logger, random: () => 1, timeout },
      clock: {
        wall: () => {
          looks += 1;
          return now;
        },
        monotonic: () => now + stepped,
      },
      coverage: () => Promise.resolve(() => false),
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
    stepped = 0;
    isBroken = false;
  });
  afterEach(async () => {
    await end();
  });

  async function raise(...names: string[]): Promise<void> {
    const firing = names.map((name) => alertContent({ name }));
    await store.report({ source: 'api', firing, gone: [], comment: '', by: system('t'), now });
  }

  const kept = (state: 'pending' | 'delivered' | 'dead') => deliveries.outbox.list({ state }, 100);
  const until = (what: string, condition: () => boolean | Promise<boolean>): Promise<void> =>
    waitFor(what, condition, undefined, 5);

  /** Whether the worker looked so many more times; wakes it meanwhile. */
  function turns(count: number): () => boolean {
    const before = looks;
    return () => {
      deliveries.wake();
      return looks >= before + count;
    };
  }

  describe('a receiver', () => {
    it('that has taken alerts is not told them again since the store could not write that down', async () => {
      const { receiver, told } = recordingReceiver({}, () => {
        isBroken = true;
      });
      begin([receiver]);
      await raise('A');
      await until('the failure', () => {
        deliveries.wake();
        return logger.lines.some(({ fields }) => fields['error'] === 'the disk is full');
      });
      expect(told).toEqual(['firing A']);
      isBroken = false;
      await until('its record', async () => {
        deliveries.wake();
        return (await kept('delivered')).length === 1;
      });
      expect(told).toEqual(['firing A']);
    });

    it('that asks to be left alone is asked nothing more, whatever else there is to tell', async () => {
      let asked = 0;
      let busy = true;
      const { receiver, told } = recordingReceiver({}, () => {
        asked += 1;
        if (busy) throw new DeliveryError('429', { retryAfter: 30_000 });
      });
      begin([receiver]);
      await raise(...Array.from({ length: 300 }, (_, i) => `A${i}`));
      const waiting = () => deliveries.outbox.list({ state: 'pending' }, 1000);
      await until('the attempt', async () => (await waiting()).some(({ attempts }) => attempts === 1));
      await raise('B', 'C');
      deliveries.wake();
      await until('two more turns', turns(2));
      expect(asked).toBe(1);
      now += 29_000;
      await until('two more turns', turns(2));
      expect(asked).toBe(1);
      busy = false;
      now += 1000;
      deliveries.wake();
      await until('all', () => told.length === 302);
    });

    it('that is asked for a year is asked again after half an hour', async () => {
      const { receiver } = recordingReceiver({}, () => {
        throw new DeliveryError('429', { retryAfter: 3e10 });
      });
      begin([receiver]);
      await raise('A');
      await until('a failed attempt', async () => (await kept('pending'))[0]?.attempts === 1);
      expect((await kept('pending'))[0]?.dueAt).toBe(T0 + 1_800_000);
    });

    it('is tried again in its time though the clock is set back or on meanwhile', async () => {
      let failing = true;
      const { receiver, told } = recordingReceiver({}, () => {
        if (failing) throw new DeliveryError('500');
      });
      begin([receiver]);
      await raise('A');
      await until('a failed attempt', async () => (await kept('pending'))[0]?.attempts === 1);
      for (const step of [-3_600_000, 48 * 3_600_000]) {
        now += step;
        stepped -= step;
        deliveries.wake();
        await until('its time in step', async () => (await kept('pending'))[0]?.dueAt === now + 1000);
        expect((await kept('pending'))[0]?.createdAt).toBe(now);
      }
      failing = false;
      now += 1000;
      deliveries.wake();
      await until('the notice', () => told.length === 1);
    });

    it('is tried again at once after a start with a clock that was set back', async () => {
      const { receiver, told } = recordingReceiver({}, () => {
        if (told.length === 0 && now === T0) throw new DeliveryError('500');
      });
      begin([receiver]);
      await raise('A');
      await until('a failed attempt', async () => (await kept('pending'))[0]?.attempts === 1);
      await end();
      now = T0 - 3_600_000;
      begin([receiver]);
      await until('the notice', () => told.length === 1);
    });

    it('that is not configured any more leaves dead letters', async () => {
      begin([hangingReceiver]);
      await raise('A');
      await end();
      const { receiver } = recordingReceiver();
      begin([receiver]);
      await until('the dead letter', async () => (await kept('dead')).length === 1);
      expect((await kept('dead'))[0]).toMatchObject({
        receiver: 'slack',
        lastError: 'the receiver is not configured any more',
      });
    });

    it('goes on though a notice meets a mistake of ours, which becomes a dead letter', async () => {
      const { receiver, told } = recordingReceiver({}, ([notice]) => {
        if (notice?.alert.name === 'Odd') throw new RangeError('Invalid time value');
      });
      begin([receiver]);
      await raise('Odd', 'Fine');
      await until('the other', () => told.length === 1);
      await until('the dead letter', async () => (await kept('dead')).length === 1);
      expect((await kept('dead'))[0]?.lastError).toBe('unexpectedly: Invalid time value');
    });
  });
});
