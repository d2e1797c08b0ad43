import { type Clock, systemClock } from '../../base/clock.ts';
import type { FleetInput } from '../../fleet/fleet.ts';
import { MQTT_CONNECTED, MQTT_LAST_MESSAGE, MQTT_RECONNECTS } from '../../metrics/catalogue/platform.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { DeviceAlertsInput } from '../../platform-alerts/device-alerts.ts';
import type { Collector } from '../collector.ts';
import type { MqttConnection } from './connection.ts';
import type { MessageCounts } from './message-counts.ts';
import { createMessageHandler } from './message-handler.ts';
import type { UnusableMessages } from './unusable.ts';

export interface MqttCollectorOptions {
  readonly connection: MqttConnection;
  readonly fleet: FleetInput;
  readonly metrics: Metrics;
  readonly unusable: UnusableMessages;
  /** Takes the alerts that devices raise; undefined when nobody wants them. */
  readonly deviceAlerts?: DeviceAlertsInput | undefined;
  /** Told of messages, and of when they can arrive. */
  readonly counts?: MessageCounts | undefined;
  /** The system's by default. */
  readonly clock?: Clock;
  /** Joins `$share/<group>/`, so that the exporters of one group split the messages. */
  readonly sharedGroup?: string;
  /** Whether the device is this exporter's to count; of one alone, all are. */
  readonly isOwn?: ((deviceId: string | null) => boolean) | undefined;
  /** Most topic templates with a series of their own; the rest is `other`. */
  readonly maxTopics?: number;
  /** Most topics whose parse is remembered. */
  readonly maxCachedTopics?: number;
}

const FILTER = 'valtronics/#';

/**
 * Collector `mqtt`: subscribes to everything below `valtronics/` at QoS 1 and applies each message to the
 * fleet as it arrives, before it is acknowledged. An attempt only tells whether that works. The gauge
 * `valtronics_mqtt_connected` follows the connection, so it is 0 and not absent while the broker is down.
 */
export function createMqttCollector(options: MqttCollectorOptions): Collector {
  const { connection, metrics, clock = systemClock } = options;
  const filter = options.sharedGroup === undefined ? FILTER : `$share/${options.sharedGroup}/${FILTER}`;
  const handler = createMessageHandler({
    fleet: options.fleet,
    metrics,
    unusable: options.unusable,
    maxTopics: options.maxTopics ?? 50,
    maxCachedTopics: options.maxCachedTopics ?? 50_000,
    batches: connection.batches,
    deviceAlerts: options.deviceAlerts,
    isOwn: options.isOwn,
    counts: options.counts,
  });
  const reconnects = metrics.counter(MQTT_RECONNECTS, {});
  connection.add({
    filter,
    qos: 1,
    prefix: 'valtronics',
    onMessage: handler.handle,
    onHandled: () => options.deviceAlerts?.flush(),
  });

  /** Also of the end: by then nothing is published any more. */
  function listen(): void {
    options.counts?.listening(connection.status(filter).ready, clock.wall());
  }
  connection.onChange(listen);

  let countedReconnects = 0;
  let stopped = false;

  function publish(): void {
    if (stopped) return;
    const { ready } = connection.status(filter);
    metrics.publish(MQTT_CONNECTED, [{ labels: {}, value: ready ? 1 : 0 }]);
    reconnects.inc(connection.reconnects() - countedReconnects);
    countedReconnects = connection.reconnects();
    const last = handler.lastMessageAt();
    if (last !== null) metrics.publish(MQTT_LAST_MESSAGE, [{ labels: {}, value: last / 1000 }]);
  }
  connection.onChange(publish);

  return {
    name: 'mqtt',
    target: connection.target,
    passive: true,
    start: () => {
      publish();
      connection.start();
      return Promise.resolve();
    },
    collect: async ({ left, signal }) => {
      await connection.settled(left() * 0.9, signal);
      const { ready, problem } = connection.status(filter);
      if (!ready) throw new Error(problem);
      return () => {
        options.fleet.mqttAvailable(true, clock.wall());
        publish();
      };
    },
    // What is published are facts about the connection, true while it is down: they stay.
    withdraw: () => {
      options.fleet.mqttAvailable(false, clock.wall());
      publish();
    },
    stop: async () => {
      await connection.stop();
      stopped = true;
      metrics.withdraw(MQTT_CONNECTED);
      metrics.withdraw(MQTT_LAST_MESSAGE);
    },
  };
}
