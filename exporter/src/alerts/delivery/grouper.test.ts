import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent, T0 } from '../../../test/support/alerts.ts';
import { type ManualClock, manualClock } from '../../../test/support/clock.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { waitFor } from '../../../test/support/server.ts';
import { system } from '../alert.ts';
import { slackGroup } from '../receivers/slack.ts';
import { DeliveryError, type Grouping, type Notice, type Receiver } from '../receivers/receiver.ts';
import { type AlertStore, createAlertStore } from '../store/store.ts';
import { createDeliveries, type Deliveries } from './delivery.ts';

const MINUTE = 60_000;

describeStores((stores) => {
  let clock: ManualClock;
  let store: AlertStore;
  /** Of exporters that share the outbox. */
  let leads: boolean;
  /** How often the receiver's loop has asked that, which it does between two messages. */
  let looks: number;
  let deliveries: Deliveries;
  let messages: (readonly Notice[])[];
  let failure: DeliveryError | undefined;

  function open(grouping: Grouping): void {
    const logger = recordingLogger();
    const database = stores.open(logger);
    const receiver: Receiver = {
      ...{ name: 'slack', integration: 'slack', batch: 1, grouping },
      send: (notices) => {
        if (failure !== undefined) return Promise.reject(failure);
        messages.push(notices);
        return Promise.resolve('ok');
      },
    };
    deliveries = createDeliveries({
      ...{
        database,
        receivers: [receiver],
        coverage: () => Promise.resolve(() => false),
        logger,
        clock,
        random: () => 0,
        isLeader: () => {
          looks += 1;
          return leads;
        },
      },
    });
    store = createAlertStore({
      ...{ database, externalLabels: [], limits: { entries: 1000, age: 1e12 }, maxOpen: 5000 },
      onChange: deliveries.outbox.enqueue,
    });
    deliveries.start();
  }

  beforeEach(() => {
    clock = manualClock(T0);
    messages = [];
    failure = undefined;
    leads = true;
    looks = 0;
  });
  afterEach(async () => {
    await deliveries.stop();
    await store.close();
  });

  async function raise(name: string, count: number, severity = 'warning', from = 0): Promise<void> {
    await store.report({
      ...{ source: 'api', gone: [], comment: '', by: system('x'), now: clock.wall() },
      firing: Array.from({ length: count }, (_, index) =>
        alertContent({ name, severity, labels: { device_id: `D-${from + index}` } }),
      ),
    });
  }
  const sizes = (): number[] => messages.map((notices) => notices.length);
  /** Lets time pass, and waits until that many messages were sent and all of it is noted. */
  async function until(count: number, milliseconds: number): Promise<void> {
    clock.advance(milliseconds);
    await waitFor(`${count} messages`, () => {
      deliveries.wake();
      return messages.length >= count;
    });
    const before = looks;
    await waitFor('the next look', () => looks > before);
  }
  /** What the receiver's loop has looked at is written or not: a later message shows that there was none before. */
  const GROUPING: Grouping = { wait: 10_000, interval: 5 * MINUTE, rate: 0 };

  describe('grouping', () => {
    it('makes one message of 500 alerts of a kind, with the count and the worst ten', async () => {
      open(GROUPING);
      await raise('DeviceSilent', 500);
      await until(1, 10_000);
      expect(sizes()).toEqual([500]);
      const { text } = slackGroup(messages[0] ?? []);
      expect(text.split('\n')[0]).toBe('*FIRING 500 warning: DeviceSilent*');
      expect(text.split('\n').filter((line) => line.startsWith('• '))).toHaveLength(10);
      expect(text).toContain('and 490 more');
    });

    it('waits between two messages about one kind, and for no other kind; the worst comes first', async () => {
      open(GROUPING);
      await raise('DeviceSilent', 2);
      await until(1, 10_000);
      await raise('DeviceSilent', 3, 'warning', 10);
      await raise('Fire', 1, 'critical');
      await until(2, 10_000);
      expect(messages[1]?.map(({ alert }) => alert.name)).toEqual(['Fire']);
      await raise('DeviceSilent', 4, 'warning', 20);
      await until(3, 5 * MINUTE);
      expect(sizes()).toEqual([2, 1, 7]);
    });

    it('joins everything once so many messages were sent within an hour, and loses nothing', async () => {
      open({ wait: 0, interval: 1, rate: 3 });
      for (let kind = 0; kind < 10; kind += 1) await raise(`Kind${kind}`, 2);
      await until(3, 10);
      expect(sizes()).toEqual([2, 2, 2]);
      await until(4, 20 * MINUTE);
      expect(sizes()).toEqual([2, 2, 2, 14]);
      expect(slackGroup(messages[3] ?? []).text).toMatch(/^\*14 alerts: 14 FIRING\*\nKind\d: 2\n/);
    });

    it('is done by the exporter that leads, once it does', async () => {
      leads = false;
      open({ ...GROUPING, wait: 0 });
      await raise('DeviceSilent', 3);
      deliveries.wake();
      await raise('DeviceSilent', 2, 'warning', 10);
      leads = true;
      await until(1, 1);
      expect(sizes()).toEqual([5]);
    });

    it('tells the ends in a message of their own', async () => {
      open(GROUPING);
      await raise('DeviceSilent', 3);
      await until(1, 10_000);
      const fingerprints = [...(await store.open('api')).keys()];
      await store.decide('resolved', fingerprints, { by: system('x'), at: clock.wall(), comment: '' });
      await until(2, 10_000);
      expect(messages[1]?.map(({ kind }) => kind)).toEqual(['resolved', 'resolved', 'resolved']);
    });

    it('tries what was not taken again as one message, and gives up what cannot be taken as one', async () => {
      open(GROUPING);
      failure = new DeliveryError('busy');
      await raise('DeviceSilent', 5);
      clock.advance(10_000);
      await waitFor('the failure', async () => {
        deliveries.wake();
        return (await deliveries.outbox.list({}, 10)).every(({ attempts }) => attempts === 1);
      });
      failure = undefined;
      await until(1, MINUTE);
      expect(sizes()).toEqual([5]);
      failure = new DeliveryError('no such channel', { permanent: true });
      await raise('Other', 4);
      clock.advance(10_000);
      await waitFor('the dead letters', async () => {
        deliveries.wake();
        return (await deliveries.outbox.list({ state: 'dead' }, 10)).length === 4;
      });
    });

    it('tells after a restart what was waiting, once', async () => {
      open(GROUPING);
      await raise('DeviceSilent', 20);
      await deliveries.stop();
      await store.close();
      open(GROUPING);
      await until(1, 10_000);
      await raise('Fire', 1, 'critical');
      await until(2, 10_000);
      expect(sizes()).toEqual([20, 1]);
    });
  });
});
