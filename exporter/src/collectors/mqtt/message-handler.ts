import type { FleetInput } from '../../fleet/fleet.ts';
import type { DeviceAlertsInput } from '../../platform-alerts/device-alerts.ts';
import { MQTT_MESSAGES, MQTT_UNUSABLE, TELEMETRY_BYTES } from '../../metrics/catalogue/platform.ts';
import { SERIES_DROPPED } from '../../metrics/catalogue/collection.ts';
import type { CounterCell, Metrics } from '../../metrics/metrics.ts';
import { readContext } from '../../trace/trace-context.ts';
import type { SpanContext } from '../../trace/tracer.ts';
import type { BatchSpans } from './batch-spans.ts';
import type { Subscription } from './connection.ts';
import { readDeviceAlert } from './device-alert.ts';
import type { MessageCounts, MessageSender } from './message-counts.ts';
import { readDocument, readStatusWord, type Document } from './payload.ts';
import { readPoints, readTime, type PointSink } from './telemetry.ts';
import { OTHER_TEMPLATE, parseTopic, type Topic } from './topic.ts';
import { createUnitCache } from './unit.ts';
import { UNUSABLE_REASONS, type UnusableMessages, type UnusableReason } from './unusable.ts';
import { readUserProperties } from './user-properties.ts';

export interface MessageHandlerOptions {
  readonly fleet: FleetInput;
  readonly metrics: Metrics;
  /** Told about each message that cannot be used. */
  readonly unusable: UnusableMessages;
  /** Most topic templates with a series of their own; the rest is `other`. */
  readonly maxTopics: number;
  /** Most topics whose parse is remembered. */
  readonly maxCachedTopics: number;
  /** Whether the device (null: whoever sends what names none) is this exporter's to count; of one alone, all are. */
  readonly isOwn?: ((deviceId: string | null) => boolean) | undefined;
  /** Takes the alerts that devices raise; undefined when nobody wants them. */
  readonly deviceAlerts?: DeviceAlertsInput | undefined;
  /** Told of the messages, and of the contexts that they carry. */
  readonly batches?: BatchSpans;
  readonly counts?: MessageCounts | undefined;
}

/** Applies messages below `valtronics/` to fleet and counters. Never throws, whatever the message is. */
export interface MessageHandler {
  /**
   * `payload` is undefined when it was too large to keep; `size` is its length in bytes; `now` is the time
   * of arrival in milliseconds since the epoch; `properties` are those of MQTT 5.
   */
  handle: Subscription['onMessage'];
  /** When the last live message arrived, milliseconds since the epoch; null before the first. */
  lastMessageAt(): number | null;
}

/** A topic with the counter of its template. */
interface Route extends Topic {
  readonly messages: CounterCell;
  /** Telemetry of a device that another exporter watches: it need not be read to be thrown away. */
  readonly isForeign: boolean;
  /** Who counts the messages of the device that the topic names, and since when: a device may be given another type. */
  sender: MessageSender | undefined;
  senderAt: number;
}

/** The platform's own number of a device: the fleet alone knows which one it means. */
const BARE_NUMBER = /^\d+$/;
/** Milliseconds for which a device is taken to be of the type that it was. */
const SENDER_STAYS = 60_000;
const MAX_CACHED_TOPIC_LENGTH = 256;
const MAX_CACHED_UNITS = 1000;
/** Statuses that a topic may name (`valtronics/devices/{id}/status/{online|offline|error}`). */
const TOPIC_STATUSES = new Set(['online', 'warning', 'error', 'offline', 'maintenance']);

/** The device that a payload names: a text, or the bare number of the mock fleet. */
function payloadDevice(document: Document): string | null {
  const id = document['device_id'];
  if (typeof id === 'string' && id !== '') return id;
  return typeof id === 'number' && Number.isFinite(id) ? String(id) : null;
}

export function createMessageHandler(options: MessageHandlerOptions): MessageHandler {
  const { fleet, metrics, batches, counts, deviceAlerts, isOwn = () => true } = options;
  const routes = new Map<string, Route>();
  const templates = new Map<string, CounterCell>();
  const bytes = metrics.counter(TELEMETRY_BYTES, {});
  const dropped = metrics.counter(SERIES_DROPPED, { reason: 'topics' });
  const unusable = new Map(
    UNUSABLE_REASONS.map((reason) => [reason, metrics.counter(MQTT_UNUSABLE, { reason })] as const),
  );
  const unitOf = createUnitCache(MAX_CACHED_UNITS);
  let last: number | null = null;

  // The message at hand: no object a message, and whoever finds a fault need not be given it.
  let topic = '';
  let payload: Buffer | undefined;
  let size = 0;
  let device: string | null = null;
  /** Whether somebody wants the context that the message carries, and the context. */
  let isWatched = false;
  let context: SpanContext | undefined;
  let isRepeated = false;
  let hasFailed = false;

  function count(reason: UnusableReason, metric: string | null): void {
    if (!isOwn(device)) return;
    hasFailed = true;
    unusable.get(reason)?.inc();
    options.unusable.note(reason, { topic, deviceId: device, metric, payload, size });
  }

  function templateCounter({ template, direction }: Topic): CounterCell {
    const key = `${template} ${direction}`;
    const known = templates.get(key);
    if (known !== undefined) return known;
    const isCapped = templates.size >= options.maxTopics && template !== OTHER_TEMPLATE;
    if (isCapped) dropped.inc();
    const cell = metrics.counter(MQTT_MESSAGES, { topic: isCapped ? OTHER_TEMPLATE : template, direction });
    // The layouts have a few dozen templates in all, so the capped ones may be remembered, too.
    templates.set(key, cell);
    return cell;
  }

  function routeOf(name: string): Route {
    const known = routes.get(name);
    if (known !== undefined) return known;
    const parsed = parseTopic(name);
    const { kind, deviceId } = parsed;
    const isForeign =
      kind === 'telemetry' && deviceId !== null && !BARE_NUMBER.test(deviceId) && !isOwn(deviceId);
    const messages = templateCounter(parsed);
    const route: Route = { ...parsed, messages, isForeign, sender: undefined, senderAt: -Infinity };
    if (name.length <= MAX_CACHED_TOPIC_LENGTH) {
      if (routes.size >= options.maxCachedTopics) routes.clear();
      routes.set(name, route);
    }
    return route;
  }

  /** Notes who sent the message at hand. */
  function countSent(who: MessageCounts, route: Route, now: number): void {
    if (!isOwn(device)) return;
    if (device !== route.deviceId) who.senderOf(device).sent(hasFailed, now);
    else {
      if (route.sender === undefined || Math.abs(now - route.senderAt) >= SENDER_STAYS) {
        route.sender = who.senderOf(device);
        route.senderAt = now;
      }
      route.sender.sent(hasFailed, now);
    }
  }

  // One sink for all messages, pointed at the device before each.
  let target = '';
  let at = 0;
  let points = 0;
  const livePoints: PointSink = {
    point: (metric, unit, value) => {
      points += 1;
      fleet.point(target, metric, unitOf(unit), value, at);
    },
    unusable: count,
  };
  const retainedPoints: PointSink = {
    point: (metric, unit, value) => {
      if (value !== null) fleet.value(target, metric, unitOf(unit), value, at);
    },
    unusable: count,
  };

  function telemetry(route: Route, document: Document, id: string, retained: boolean, now: number): void {
    target = id;
    if (!retained) {
      at = now;
      points = 0;
      readPoints(document, route.metric, livePoints);
      if (points === 0) fleet.heard(id, now);
      return;
    }
    const written = readTime(document['timestamp'], now);
    // A retained value of unknown age may be years old: it is no newest value of anything.
    if (written === null) return;
    at = written;
    readPoints(document, route.metric, retainedPoints);
  }

  function status(route: Route, document: Document, id: string, retained: boolean, now: number): void {
    const stated = document['status'];
    const fromTopic = route.status !== null && TOPIC_STATUSES.has(route.status) ? route.status : undefined;
    const found = fromTopic ?? stated;
    if (found === null || typeof found === 'string') {
      if (retained) fleet.retainedReport(id, found, readTime(document['timestamp'], now));
      else {
        fleet.report(id, found, now);
        deviceAlerts?.status(id, found, now);
      }
      return;
    }
    if (found !== undefined) count('wrong_type', null);
    if (!retained) fleet.heard(id, now);
  }

  function alert(document: Document, id: string, retained: boolean, now: number): void {
    if (!retained) fleet.heard(id, now);
    deviceAlerts?.take(
      {
        ...readDeviceAlert(document),
        deviceId: id,
        // A clock that is ahead tells its messages apart all the same.
        writtenAt: readTime(document['timestamp'], Infinity),
        retained,
        repeated: isRepeated,
      },
      now,
    );
  }

  /** What a message without an object still says: nonsense from a device is a sign of life, an empty payload is none. */
  function withoutDocument(route: Route, reason: UnusableReason, retained: boolean, now: number): void {
    const { kind, deviceId } = route;
    const word = kind === 'status' && payload !== undefined ? readStatusWord(payload) : undefined;
    if (word === undefined) count(reason, null);
    if (deviceId === null || reason === 'empty') return;
    // A status in the topic needs no payload.
    if (kind === 'status') status(route, word === undefined ? {} : { status: word }, deviceId, retained, now);
    else if (!retained) fleet.heard(deviceId, now);
  }

  function apply(route: Route, retained: boolean, now: number): void {
    const { kind, deviceId } = route;
    const document = payload === undefined ? 'too_large' : readDocument(payload);
    if (typeof document === 'string') {
      withoutDocument(route, document, retained, now);
      return;
    }
    const id = deviceId ?? payloadDevice(document);
    device = id;
    // MQTT 3 has no room for it but there. It is read, and never written into a payload.
    if (isWatched) context ??= readContext(document);
    if (id === null) count('no_device', null);
    else if (kind === 'telemetry') telemetry(route, document, id, retained, now);
    else if (kind === 'status' || kind === 'heartbeat') status(route, document, id, retained, now);
    else if (kind === 'alert') alert(document, id, retained, now);
    else if (!retained) fleet.heard(id, now);
  }

  return {
    handle: (name, content, length, retained, now, properties, repeated = false) => {
      const route = routeOf(name);
      if (!retained) {
        last = now;
        route.messages.inc();
        if (route.kind === 'telemetry') bytes.inc(length);
        batches?.message(route.template);
        counts?.received(route.direction, now);
      }
      if (route.direction === 'publish' || route.kind === 'system' || route.kind === 'other') return;
      if (route.isForeign) return;
      topic = name;
      payload = content;
      size = length;
      device = route.deviceId;
      isRepeated = repeated;
      hasFailed = false;
      isWatched = batches?.watched === true && !retained;
      context =
        isWatched && properties !== undefined ? readContext(readUserProperties(properties)) : undefined;
      apply(route, retained, now);
      payload = undefined;
      if (!retained && counts !== undefined) countSent(counts, route, now);
      if (context !== undefined)
        batches?.carried(context, { topic, template: route.template, deviceId: device, at: now });
    },
    lastMessageAt: () => last,
  };
}
