import { describe, expect, it } from '@jest/globals';
import { attemptContext } from '../../../test/support/attempt.ts';
import { manualClock } from '../../../test/support/clock.ts';
import { recordingMetrics } from '../../../test/support/recording.ts';
import { BROKER_CLIENTS, BROKER_UP } from '../../metrics/catalogue/platform.ts';
import { createBrokerCollector, type BrokerCollectorOptions } from './collector.ts';

type Connection = BrokerCollectorOptions['connection'];

/** A collector on a connection that is up until the test says otherwise; `interval` in seconds. */
function onBroker() {
  const clock = manualClock();
  const metrics = recordingMetrics();
  const listeners: (() => void)[] = [];
  let ready = true;
  let receive: Parameters<Connection['add']>[0]['onMessage'] = () => undefined;
  const connection: Connection = {
    target: 'mqtt://broker:1883',
    user: undefined,
    add: ({ onMessage }) => {
      receive = onMessage;
    },
    onChange: (listener) => void listeners.push(listener),
    settled: () => Promise.resolve(),
    start: () => undefined,
    stop: () => Promise.resolve(),
    status: () => ({ ready, problem: 'not connected', since: ready ? clock.wall() : null }),
  };
  const collector = createBrokerCollector({ connection, metrics, clock, patience: 0 });
  const change = (up: boolean): void => {
    ready = up;
    for (const listener of listeners) listener();
  };
  change(true);
  return {
    clock,
    metrics,
    change,
    say: (topic: string, value: string, retained = false): void =>
      receive(`$SYS/broker/${topic}`, Buffer.from(value), value.length, retained, clock.wall()),
    /** '' after an attempt that works. */
    attempt: async (): Promise<string> =>
      collector.collect(attemptContext(1000)).then(
        (commit) => {
          commit();
          return '';
        },
        (error: unknown) => String(error),
      ),
    collector,
  };
}

describe('broker collector', () => {
  it('keeps the values of a broker with a long interval, and learns how long it is', async () => {
    const { clock, metrics, say, attempt } = onBroker();
    say('clients/total', '7', true);
    say('uptime', '1000 seconds', true);
    clock.advance(190_000);
    expect(await attempt()).toBe('');
    for (const uptime of ['1200', '1400', '1600']) {
      say('uptime', `${uptime} seconds`);
      for (const seconds of [1, 100, 99]) {
        clock.advance(seconds * 1000);
        expect(await attempt()).toBe('');
        expect(metrics.gauge(BROKER_UP)).toBe(Number(uptime));
        expect(metrics.gauge(BROKER_CLIENTS, 'total')).toBe(7);
      }
    }
    clock.advance(400_000);
    expect(await attempt()).toBe('');
    clock.advance(1000);
    expect(await attempt()).toMatch(
      /sent no statistics below \$SYS\/broker\/ for 601 s where one comes every 200 s/,
    );
  });

  it('believes nothing of a broker with the usual interval after two minutes', async () => {
    const { clock, say, attempt } = onBroker();
    say('uptime', '10 seconds');
    clock.advance(10_000);
    say('uptime', '20 seconds');
    clock.advance(120_000);
    expect(await attempt()).toBe('');
    clock.step(-3_600_000);
    clock.advance(1);
    expect(await attempt()).toContain('where one comes every 10 s');
  });

  it('says what may be the reason when nothing ever came', async () => {
    const { clock, attempt } = onBroker();
    clock.advance(15_000);
    expect(await attempt()).toMatch(
      /for 15 s .*every sys_interval seconds, and none at 0; else let clients without/,
    );
  });

  it('forgets the values of a broken connection, and waits an interval for new ones', async () => {
    const { clock, metrics, say, change, attempt } = onBroker();
    for (const uptime of ['1000', '1200']) {
      say('uptime', uptime);
      clock.advance(200_000);
    }
    change(false);
    expect(await attempt()).toContain('not connected');
    change(true);
    clock.advance(150_000);
    expect(await attempt()).toBe('');
    expect(metrics.gauge(BROKER_UP)).toBeUndefined();
  });

  it('takes everything away when it stops', async () => {
    const { metrics, say, attempt, collector } = onBroker();
    say('uptime', '10 seconds');
    await attempt();
    await collector.stop?.();
    expect(metrics.published.size).toBe(0);
  });
});
