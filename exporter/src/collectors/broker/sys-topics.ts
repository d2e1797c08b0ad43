import {
  BROKER_BYTES,
  BROKER_CLIENTS,
  BROKER_MESSAGES,
  BROKER_STORED,
  BROKER_SUBSCRIPTIONS,
  BROKER_UP,
} from '../../metrics/catalogue/platform.ts';
import type { Family } from '../../metrics/family.ts';

/** The sample that a topic of mosquitto's statistics becomes. */
export interface SysSample {
  readonly family: Family;
  readonly labels: Readonly<Record<string, string>>;
}

/** Topics below `$SYS/broker/` that are exposed, with older spellings of mosquitto after the current ones. */
export const SYS_SAMPLES: ReadonlyMap<string, SysSample> = new Map<string, SysSample>([
  ['uptime', { family: BROKER_UP, labels: {} }],
  ['clients/connected', { family: BROKER_CLIENTS, labels: { state: 'connected' } }],
  ['clients/disconnected', { family: BROKER_CLIENTS, labels: { state: 'disconnected' } }],
  ['clients/total', { family: BROKER_CLIENTS, labels: { state: 'total' } }],
  ['clients/maximum', { family: BROKER_CLIENTS, labels: { state: 'maximum' } }],
  ['publish/messages/received', { family: BROKER_MESSAGES, labels: { flow: 'received' } }],
  ['publish/messages/sent', { family: BROKER_MESSAGES, labels: { flow: 'sent' } }],
  ['publish/messages/dropped', { family: BROKER_MESSAGES, labels: { flow: 'dropped' } }],
  ['bytes/received', { family: BROKER_BYTES, labels: { flow: 'received' } }],
  ['bytes/sent', { family: BROKER_BYTES, labels: { flow: 'sent' } }],
  ['subscriptions/count', { family: BROKER_SUBSCRIPTIONS, labels: {} }],
  ['store/messages/count', { family: BROKER_STORED, labels: {} }],
]);

const NUMBER_WITH_UNIT = /^\s*(-?\d+(?:\.\d+)?)(?:\s+seconds)?\s*$/;

/** The number of a statistic, e.g. of `11 seconds`; null for text such as the version. */
export function parseSysValue(text: string): number | null {
  const match = NUMBER_WITH_UNIT.exec(text);
  return match === null ? null : Number(match[1]);
}
