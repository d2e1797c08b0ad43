import { type Clock, systemClock } from '../../base/clock.ts';
import type { Family } from '../../metrics/family.ts';
import type { LabelledValue, Metrics } from '../../metrics/metrics.ts';
import type { Collector, Commit } from '../collector.ts';
import type { MqttConnection } from '../mqtt/connection.ts';
import { createWake } from '../mqtt/wake.ts';
import { parseSysValue, SYS_SAMPLES } from './sys-topics.ts';

export interface BrokerCollectorOptions {
  /** The connection that the collector `mqtt` uses as well. */
  readonly connection: Pick<
    MqttConnection,
    'add' | 'onChange' | 'settled' | 'start' | 'status' | 'stop' | 'target' | 'user'
  >;
  readonly metrics: Metrics;
  /** How long after subscribing the first statistic may take, milliseconds. */
  readonly patience?: number;
  /** Statistics that nothing renewed for so long are no longer believed, milliseconds; at least three intervals. */
  readonly staleAfter?: number;
  /** The system's by default. */
  readonly clock?: Clock;
}

const PREFIX = '$SYS/broker/';
const FILTER = `${PREFIX}#`;
/** The statistic that changes each time: its live copies are `sys_interval` apart. */
const UPTIME = 'uptime';
/** Intervals that may pass without a word. */
const MISSED_INTERVALS = 3;

/**
 * Collector `broker`: the statistics that mosquitto publishes below `$SYS/broker/`. They are subscribed to by
 * their own filter, never by the shared one, so that each exporter of a group sees them all.
 *
 * mosquitto publishes a value only when it changes, every `sys_interval` seconds, and a retained copy expires
 * after a minute: what is not there is neither 0 nor a failure. Values stay while the connection does, until
 * three intervals went by without any; the interval is learned from two live copies of the uptime, and before
 * that nothing is called late.
 */
export function createBrokerCollector(options: BrokerCollectorOptions): Collector {
  const { connection, metrics, clock = systemClock } = options;
  const { target } = connection;
  const patience = options.patience ?? 15_000;
  const staleAfter = options.staleAfter ?? 120_000;
  const families = new Set([...SYS_SAMPLES.values()].map(({ family }) => family));
  const values = new Map<string, number>();
  const wake = createWake();
  /** When the subscription was accepted, when the newest statistic came, and the newest live uptime; monotonic. */
  let readyAt: number | undefined;
  let lastAt: number | undefined;
  let uptimeAt: number | undefined;
  /** Milliseconds between two live uptimes. */
  let interval: number | undefined;

  function learnInterval(now: number): void {
    if (uptimeAt !== undefined) interval = now - uptimeAt;
    uptimeAt = now;
  }

  connection.add({
    filter: FILTER,
    qos: 0,
    prefix: PREFIX,
    onMessage: (topic, payload, _size, retained) => {
      const name = topic.slice(PREFIX.length);
      if (!SYS_SAMPLES.has(name) || payload === undefined) return;
      const value = parseSysValue(payload.toString('latin1'));
      if (value === null) return;
      values.set(name, value);
      lastAt = clock.monotonic();
      if (name === UPTIME && !retained) learnInterval(lastAt);
      wake.notify();
    },
  });
  connection.onChange(() => {
    if (connection.status(FILTER).ready) {
      readyAt ??= clock.monotonic();
      return;
    }
    readyAt = undefined;
    values.clear();
    lastAt = undefined;
    uptimeAt = undefined;
  });

  function seconds(milliseconds: number): string {
    return `${Math.round(milliseconds / 1000)} s`;
  }

  function nothingYet(waited: number): string {
    const who = connection.user === undefined ? 'clients without a user' : `user "${connection.user}"`;
    return (
      `${target} sent no statistics below ${PREFIX} for ${seconds(waited)} although the subscription was accepted: ` +
      `mosquitto sends them every sys_interval seconds, and none at 0; else let ${who} read ${FILTER} in the ` +
      'broker’s ACL. A broker other than mosquitto may have none'
    );
  }

  function tooLate(age: number, usual: number): string {
    return (
      `${target} sent no statistics below ${PREFIX} for ${seconds(age)} where one comes every ${seconds(usual)}: ` +
      'see the log of the broker, and whether its ACL or sys_interval was changed'
    );
  }

  function samplesOf(family: Family): LabelledValue<string>[] {
    return [...SYS_SAMPLES].flatMap(([name, sample]) => {
      const value = values.get(name);
      return sample.family !== family || value === undefined ? [] : [{ labels: sample.labels, value }];
    });
  }

  /** Takes what has arrived by the time of the commit; a family of which nothing arrived is absent. */
  const commit: Commit = () => {
    for (const family of families) {
      const samples = samplesOf(family);
      if (samples.length > 0) metrics.publish(family, samples);
      else metrics.withdraw(family);
    }
  };

  function withdraw(): void {
    for (const family of families) metrics.withdraw(family);
  }

  return {
    name: 'broker',
    target,
    passive: true,
    start: () => {
      connection.start();
      return Promise.resolve();
    },
    collect: async ({ left, signal }) => {
      const end = clock.monotonic() + left() * 0.9;
      await connection.settled(end - clock.monotonic(), signal);
      const { ready, problem } = connection.status(FILTER);
      if (!ready) throw new Error(problem);
      const since = readyAt ?? clock.monotonic();
      const lastWait = Math.min(end, since + patience);
      while (lastAt === undefined && !signal.aborted && clock.monotonic() < lastWait)
        await wake.wait(lastWait - clock.monotonic(), signal);
      if (lastAt === undefined) {
        const waited = clock.monotonic() - since;
        // After a reconnection the first one may be as late as any other.
        if (interval !== undefined && waited <= MISSED_INTERVALS * interval) return commit;
        throw new Error(nothingYet(waited));
      }
      const age = clock.monotonic() - lastAt;
      if (interval !== undefined && age > Math.max(staleAfter, MISSED_INTERVALS * interval))
        throw new Error(tooLate(age, interval));
      return commit;
    },
    withdraw,
    stop: async () => {
      await connection.stop();
      withdraw();
    },
  };
}
