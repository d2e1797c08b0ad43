import { type Clock, systemClock } from '../../base/clock.ts';
import type { Logger } from '../../log/logger.ts';

/** Why a message, or one value of it, could not be used: label `reason` of `valtronics_mqtt_unusable_total`. */
export const UNUSABLE_REASONS = [
  'empty',
  'too_large',
  'not_utf8',
  'bad_json',
  'not_object',
  'no_device',
  'no_metric_name',
  'no_points',
  'not_finite',
  'wrong_type',
  'ambiguous_number',
] as const;
export type UnusableReason = (typeof UNUSABLE_REASONS)[number];

/** The reasons for people. */
export const UNUSABLE_WORDS: Readonly<Record<UnusableReason, string>> = {
  empty: 'the payload is empty, as it is when a retained message is cleared',
  too_large: 'the payload is larger than mqtt.max_payload_bytes',
  not_utf8: 'the payload is no UTF-8 text',
  bad_json: 'the payload is no JSON',
  not_object: 'the payload is JSON and no object',
  no_device: 'neither the topic nor device_id in the payload names the device',
  no_metric_name: 'a value has no name',
  no_points: 'the message holds no number',
  not_finite: 'a value is NaN or infinite',
  wrong_type: 'a value is neither a number, a text nor true or false, or a status is no text',
  ambiguous_number:
    'a text begins with a number and goes on with what is no known unit, or "1,234" is ambiguous',
};

/** A message that could not be used, as a whole or in part. */
export interface UnusableMessage {
  readonly topic: string;
  /** Null where neither topic nor payload names the device. */
  readonly deviceId: string | null;
  /** Name of the value that could not be used; null when it was the whole message. */
  readonly metric: string | null;
  /** Undefined when it was too large to keep; only valid during the call. */
  readonly payload: Buffer | undefined;
  /** Length of the payload, bytes. */
  readonly size: number;
}

/** The newest unusable message of a topic for one reason. Texts are cut, times are milliseconds since the epoch. */
export interface UnusableTopic {
  readonly reason: UnusableReason;
  readonly topic: string;
  readonly deviceId: string | null;
  readonly metric: string | null;
  /** The beginning of the payload; null when it was too large to keep. */
  readonly sample: string | null;
  readonly size: number;
  /** How often the topic had this fault since it is in the list. */
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What `/api/v1/mqtt/unusable` shows. */
export interface UnusableList {
  /** Since when messages are noted, milliseconds since the epoch. */
  readonly since: number;
  /** Newest first. */
  readonly items: readonly UnusableTopic[];
}

/** Remembers which device sends what cannot be used. */
export interface UnusableMessages {
  note(reason: UnusableReason, message: UnusableMessage): void;
  list(): UnusableList;
}

/** Topics that are kept for each reason; the one whose last fault is oldest makes room. */
const MOST_TOPICS = 10;
const LONGEST_TEXT = 200;
/** Least milliseconds between two lines of the log about one reason. */
const LOG_INTERVAL = 60_000;

interface Reason {
  /** In the order of their last fault. */
  readonly topics: Map<string, UnusableTopic>;
  loggedAt: number;
  unlogged: number;
}

/** A copy of at most 200 characters that keeps no message alive. */
function cut(text: string): string {
  return Buffer.from(text.slice(0, LONGEST_TEXT)).toString();
}

/**
 * Keeps the newest ten topics for each reason and writes one line a minute and reason to the log. The work of a
 * message is small and bounded: a fleet may send nothing else.
 */
export function createUnusableMessages(options: {
  readonly logger: Logger;
  readonly clock?: Clock;
}): UnusableMessages {
  const { logger, clock = systemClock } = options;
  const since = clock.wall();
  const reasons = new Map<UnusableReason, Reason>();

  function reasonOf(name: UnusableReason): Reason {
    const known = reasons.get(name);
    if (known !== undefined) return known;
    const reason = { topics: new Map<string, UnusableTopic>(), loggedAt: -Infinity, unlogged: 0 };
    reasons.set(name, reason);
    return reason;
  }

  function log(reason: Reason, entry: UnusableTopic): void {
    reason.unlogged += 1;
    const now = clock.monotonic();
    if (now - reason.loggedAt < LOG_INTERVAL) return;
    const { topic, deviceId, metric, sample } = entry;
    logger.warn(
      { reason: entry.reason, topic, deviceId, metric, sample, messages: reason.unlogged },
      `MQTT message cannot be used: ${UNUSABLE_WORDS[entry.reason]}; all at /api/v1/mqtt/unusable`,
    );
    reason.loggedAt = now;
    reason.unlogged = 0;
  }

  return {
    note: (name, { topic: fullTopic, deviceId, metric, payload, size }) => {
      const reason = reasonOf(name);
      const topic = cut(fullTopic);
      const before = reason.topics.get(topic);
      reason.topics.delete(topic);
      const now = clock.wall();
      const entry: UnusableTopic = {
        reason: name,
        topic,
        deviceId: deviceId === null ? null : cut(deviceId),
        metric: metric === null ? null : cut(metric),
        sample: payload === undefined ? null : payload.toString('utf8', 0, LONGEST_TEXT),
        size,
        count: (before?.count ?? 0) + 1,
        firstAt: before?.firstAt ?? now,
        lastAt: now,
      };
      reason.topics.set(topic, entry);
      const oldest = reason.topics.keys().next();
      if (reason.topics.size > MOST_TOPICS && oldest.done !== true) reason.topics.delete(oldest.value);
      log(reason, entry);
    },
    list: () => {
      const items = [...reasons.values()].flatMap(({ topics }) => [...topics.values()]);
      return { since, items: items.sort((a, b) => b.lastAt - a.lastAt) };
    },
  };
}
