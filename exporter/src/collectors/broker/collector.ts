import type { Family } from '../../metrics/family.ts';
import type { LabelledValue, Metrics } from '../../metrics/metrics.ts';
import type { Collector, Commit } from '../collector.ts';
import type { MqttConnection } from '../mqtt/connection.ts';
import { createWake } from '../mqtt/wake.ts';
import { parseSysValue, SYS_SAMPLES } from './sys-topics.ts';

export interface BrokerCollectorOptions {
  /** The connection that the collector `mqtt` uses as well. */
  readonly connection: MqttConnection;
  readonly metrics: Metrics;
  /** How long after subscribing the first statistic may take, milliseconds. */
  readonly patience?: number;
  /** Statistics that nothing renewed for so long are no longer believed, milliseconds. */
  readonly staleAfter?: number;
}

const PREFIX = '$SYS/broker/';
const FILTER = `${PREFIX}#`;

/**
 * Collector `broker`: the statistics that mosquitto publishes below `$SYS/broker/`. They are subscribed to by
 * their own filter, never by the shared one, so that each exporter of a group sees them all.
 */
export function createBrokerCollector(options: BrokerCollectorOptions): Collector {
  const { connection, metrics } = options;
  const { target } = connection;
  const patience = options.patience ?? 15_000;
  const staleAfter = options.staleAfter ?? 120_000;
  const families = new Set([...SYS_SAMPLES.values()].map(({ family }) => family));
  const values = new Map<string, number>();
  const wake = createWake();
  let lastAt: number | undefined;

  connection.add({
    filter: FILTER,
    qos: 0,
    prefix: PREFIX,
    onMessage: (topic, payload, _size, _retained, now) => {
      const name = topic.slice(PREFIX.length);
      if (!SYS_SAMPLES.has(name) || payload === undefined) return;
      const value = parseSysValue(payload.toString('latin1'));
      if (value === null) return;
      values.set(name, value);
      lastAt = now;
      wake.notify();
    },
  });
  connection.onChange(() => {
    if (connection.status(FILTER).ready) return;
    values.clear();
    lastAt = undefined;
  });

  function silence(since: number): string {
    const who = connection.user === undefined ? 'clients without a user' : `user "${connection.user}"`;
    const seconds = Math.round((Date.now() - since) / 1000);
    return (
      `${target} sent no statistics below ${PREFIX} for ${seconds} s although the subscription was accepted: ` +
      `let ${who} read ${FILTER} in the broker’s ACL; a broker other than mosquitto may have none, and ` +
      'sys_interval 0 switches them off'
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
    collect: async ({ deadline }) => {
      const end = Date.now() + (deadline - Date.now()) * 0.9;
      await connection.settled(end - Date.now());
      const { ready, problem, since } = connection.status(FILTER);
      if (!ready || since === null) throw new Error(problem);
      const lastWait = Math.min(end, since + patience);
      while (lastAt === undefined && Date.now() < lastWait) await wake.wait(lastWait - Date.now());
      if (lastAt === undefined) throw new Error(silence(since));
      if (Date.now() - lastAt > staleAfter) throw new Error(silence(lastAt));
      return commit;
    },
    withdraw,
    stop: async () => {
      await connection.stop();
      withdraw();
    },
  };
}
