import mqtt, { type MqttClient } from 'mqtt';
import { z } from 'zod';

/** Carries what the simulated devices publish to the broker that the exporter watches, and counts what that took. */
export interface DeviceBridge {
  /** Messages below `valtronics/` that the broker has acknowledged. */
  readonly messages: number;
  /** The same by template of their topic. */
  readonly byTemplate: ReadonlyMap<string, number>;
  /** Readings in them. */
  readonly points: number;
  /** Messages that came from the devices so far. */
  readonly received: number;
  /** Messages that wait for the broker. */
  readonly waiting: number;
  /** Times that the connection to the broker was lost; each may repeat what was not acknowledged. */
  readonly breaks: number;
  /** Takes nothing more from the devices; what waits is still carried. */
  seal(): Promise<void>;
  /** Ends; what waits is not carried any more. */
  stop(): Promise<void>;
}

/** Messages that the broker has not acknowledged; at most so many are there twice after a break. */
export const WINDOW = 200;
const RECONNECT = 500;
/** Of a list that is used up to here, the front is cut off. */
const CUT_AT = 10_000;

interface Waiting {
  readonly topic: string;
  readonly payload: Buffer;
}

/** The template of a topic of the simulated fleet, as the exporter names it. */
export function templateOf(topic: string): string {
  const levels = topic.split('/');
  if (levels[1] === 'devices')
    return `valtronics/devices/+/${levels[3] ?? ''}${levels.length > 4 ? '/+' : ''}`;
  return levels[1] === 'alerts' ? 'valtronics/alerts/+' : `valtronics/+/${levels[2] ?? ''}`;
}

const batch = z.object({ metrics: z.array(z.unknown()) });

/** Readings in a message of the simulated fleet, as docs/mqtt.md counts them. */
export function pointsIn(topic: string, payload: Buffer): number {
  const levels = topic.split('/');
  if (levels.length === 5 && levels[3] === 'telemetry') return 1;
  if (levels.length !== 3 || levels[2] !== 'telemetry') return 0;
  return batch.parse(JSON.parse(payload.toString('utf8'))).metrics.length;
}

/**
 * Starts to carry from the simulator's broker to the other. Each device waits for the broker as long as it is away: nothing
 * of what it says is lost on this side. What is counted are single messages at QoS 1.
 */
export async function startDeviceBridge(from: string, to: string): Promise<DeviceBridge> {
  let queue: Waiting[] = [];
  let head = 0;
  let outstanding = 0;
  let received = 0;
  let messages = 0;
  const byTemplate = new Map<string, number>();
  let points = 0;
  let breaks = 0;

  const broker: MqttClient = mqtt.connect(to, {
    ...{
      clientId: 'soak-devices',
      clean: true,
      protocolVersion: 4,
      reconnectPeriod: RECONNECT,
      keepalive: 15,
    },
    manualConnect: true,
  });
  // A broker that is away is the soak's own doing, and tried again.
  broker.on('error', () => undefined);
  // Attempts that come to nothing end in a close as well.
  let isConnected = false;
  broker.on('close', () => {
    if (isConnected) breaks += 1;
    isConnected = false;
  });

  function pump(): void {
    while (broker.connected && outstanding < WINDOW) {
      const next = queue[head];
      if (next === undefined) break;
      head += 1;
      outstanding += 1;
      broker.publish(next.topic, next.payload, { qos: 1 }, (error) => {
        outstanding -= 1;
        if (error == null) {
          messages += 1;
          const template = templateOf(next.topic);
          byTemplate.set(template, (byTemplate.get(template) ?? 0) + 1);
          points += pointsIn(next.topic, next.payload);
        }
        pump();
      });
    }
    if (head >= CUT_AT) {
      queue = queue.slice(head);
      head = 0;
    }
  }
  broker.on('connect', () => {
    isConnected = true;
    pump();
  });
  broker.connect();

  const devices = await mqtt.connectAsync(from, { clientId: 'soak-bridge', clean: true, protocolVersion: 4 });
  devices.on('message', (topic, payload) => {
    received += 1;
    queue.push({ topic, payload });
    pump();
  });
  await devices.subscribeAsync('valtronics/#', { qos: 1 });
  return {
    get messages() {
      return messages;
    },
    byTemplate,
    get points() {
      return points;
    },
    get received() {
      return received;
    },
    get waiting() {
      return queue.length - head + outstanding;
    },
    get breaks() {
      return breaks;
    },
    seal: async () => {
      await devices.endAsync();
    },
    async stop() {
      await devices.endAsync(true);
      await broker.endAsync(true);
    },
  };
}
