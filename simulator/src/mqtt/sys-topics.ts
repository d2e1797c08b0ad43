import type { BrokerCounters } from './broker-counters.ts';
import { createLoadAverage, type LoadAverage } from './load-average.ts';

/** The version that the stand-in claims, as the platform's broker does. */
export const BROKER_VERSION = 'mosquitto version 2.0.11';

/** `$SYS/broker/…` of mosquitto 2.0: names and spelling as it publishes them. */
export interface SysTopics {
  /**
   * All topics with their values.
   * @param seconds uptime
   */
  values(counters: BrokerCounters, seconds: number): Map<string, string>;
}

const LOADS = [
  ['messages/received', 'messagesReceived'],
  ['messages/sent', 'messagesSent'],
  ['bytes/received', 'bytesReceived'],
  ['bytes/sent', 'bytesSent'],
  ['publish/received', 'publishReceived'],
  ['publish/sent', 'publishSent'],
  ['publish/dropped', 'publishDropped'],
  ['connections', 'connections'],
  ['sockets', 'sockets'],
] as const satisfies readonly (readonly [string, keyof BrokerCounters])[];

export function createSysTopics(heapBytes: () => number): SysTopics {
  const loads: LoadAverage[] = LOADS.map(() => createLoadAverage());
  let lastSeconds = 0;
  let heapMaximum = 0;
  return {
    values(counters, seconds) {
      const heap = heapBytes();
      heapMaximum = Math.max(heapMaximum, heap);
      const total = counters.connected + counters.disconnected;
      const numbers: Record<string, number> = {
        'bytes/received': counters.bytesReceived,
        'bytes/sent': counters.bytesSent,
        'clients/active': counters.connected,
        'clients/connected': counters.connected,
        'clients/disconnected': counters.disconnected,
        'clients/expired': 0,
        'clients/inactive': counters.disconnected,
        'clients/maximum': counters.maximum,
        'clients/total': total,
        'heap/current': heap,
        'heap/maximum': heapMaximum,
        'messages/received': counters.messagesReceived,
        'messages/sent': counters.messagesSent,
        'messages/stored': counters.stored,
        'publish/bytes/received': counters.publishBytesReceived,
        'publish/bytes/sent': counters.publishBytesSent,
        'publish/messages/dropped': counters.publishDropped,
        'publish/messages/received': counters.publishReceived,
        'publish/messages/sent': counters.publishSent,
        'retained messages/count': counters.retained,
        'shared_subscriptions/count': 0,
        'store/messages/bytes': counters.storedBytes,
        'store/messages/count': counters.stored,
        'subscriptions/count': counters.subscriptions,
      };
      const topics = new Map(
        Object.entries(numbers).map(([name, value]) => [`$SYS/broker/${name}`, String(Math.round(value))]),
      );
      const elapsed = Math.max(seconds - lastSeconds, 0.001);
      lastSeconds = seconds;
      LOADS.forEach(([name, counter], at) => {
        const load = loads[at];
        if (load === undefined) return;
        load.update(counters[counter], elapsed);
        for (const minutes of [1, 5, 15] as const) {
          topics.set(`$SYS/broker/load/${name}/${minutes}min`, load.value(minutes).toFixed(2));
        }
      });
      topics.set('$SYS/broker/uptime', `${Math.floor(seconds)} seconds`);
      topics.set('$SYS/broker/version', BROKER_VERSION);
      return topics;
    },
  };
}
