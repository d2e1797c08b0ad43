import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { createBrokerCollector } from '../../src/collectors/broker/collector.ts';
import type { Collector } from '../../src/collectors/collector.ts';
import { createMqttCollector } from '../../src/collectors/mqtt/collector.ts';
import { createUnusableMessages } from '../../src/collectors/mqtt/unusable.ts';
import { createMqttConnection, type MqttConnectionOptions } from '../../src/collectors/mqtt/connection.ts';
import { silentLogger } from '../../src/log/logger.ts';
import { createMetrics } from '../../src/metrics/registry.ts';
import { recordingMqttFleet, type RecordingMqttFleet } from './recording-mqtt-fleet.ts';
import { attemptContext } from './attempt.ts';
import { memoryState } from './memory-state.ts';

export interface WatchOptions extends Partial<MqttConnectionOptions> {
  readonly url: string;
  readonly sharedGroup?: string;
  /** Milliseconds that the collector `broker` waits for its first statistic. */
  readonly patience?: number;
}

/** The MQTT part of an exporter with a fleet that remembers. */
export interface WatchedMqtt {
  readonly fleet: RecordingMqttFleet;
  readonly mqtt: Collector;
  readonly broker: Collector;
  /** One attempt of a collector, of `mqtt` when left out. */
  collect(collector?: Collector, milliseconds?: number): Promise<void>;
  /** The message of the error with which an attempt ends; '' when it succeeds. */
  failure(collector?: Collector, milliseconds?: number): Promise<string>;
  /** Values of a family by its label values, joined by blanks. */
  family(name: string): Promise<Readonly<Record<string, number>>>;
  stop(): Promise<void>;
}

/** Connects both collectors to a broker, with short waits. The caller stops them. */
export async function watchMqtt({ sharedGroup, patience, ...options }: WatchOptions): Promise<WatchedMqtt> {
  const metrics = createMetrics({ defaultMetrics: false });
  const fleet = recordingMqttFleet();
  const connection = createMqttConnection({
    sessionExpiry: 60_000,
    maxPayloadBytes: 1_048_576,
    state: memoryState(),
    logger: silentLogger(),
    backoff: { initial: 20, max: 200 },
    ...options,
  });
  const mqtt = createMqttCollector({
    connection,
    fleet,
    metrics,
    unusable: createUnusableMessages({ logger: silentLogger() }),
    ...(sharedGroup === undefined ? {} : { sharedGroup }),
  });
  const broker = createBrokerCollector({
    connection,
    metrics,
    ...(patience === undefined ? {} : { patience }),
  });
  await mqtt.start?.();
  await broker.start?.();
  const collect = async (collector = mqtt, milliseconds = 60_000): Promise<void> => {
    (await collector.collect(attemptContext(milliseconds)))();
  };
  return {
    fleet,
    mqtt,
    broker,
    collect,
    failure: async (collector, milliseconds = 5000) => {
      try {
        await collect(collector, milliseconds);
        return '';
      } catch (error) {
        return String(error);
      }
    },
    family: async (name) => {
      const found = (await metrics.snapshot()).find((snapshot) => snapshot.name === name);
      return Object.fromEntries(
        (found?.samples ?? []).map(({ labels, value }) => [Object.values(labels).join(' '), value]),
      );
    },
    stop: async () => {
      await Promise.all([mqtt.stop?.(), broker.stop?.()]);
    },
  };
}

/** A client as a device has one. It sends again what the broker did not acknowledge. */
export function connectDevice(url: string, options: IClientOptions = {}): Promise<MqttClient> {
  return connectAsync(url, { reconnectPeriod: 50, ...options });
}
