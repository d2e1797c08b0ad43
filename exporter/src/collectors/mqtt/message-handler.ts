import type { FleetInput } from '../../fleet/fleet.ts';
import { MQTT_MESSAGES, MQTT_UNUSABLE, TELEMETRY_BYTES } from '../../metrics/catalogue/platform.ts';
import { SERIES_DROPPED } from '../../metrics/catalogue/collection.ts';
import type { CounterCell, Metrics } from '../../metrics/metrics.ts';
import { readDocument, UNUSABLE_REASONS, type Document, type UnusableReason } from './payload.ts';
import { readPoints, type PointSink } from './telemetry.ts';
import { readTime } from './time.ts';
import { OTHER_TEMPLATE, parseTopic, type Topic } from './topic.ts';
import { createUnitCache } from './unit.ts';

export interface MessageHandlerOptions {
  readonly fleet: FleetInput;
  readonly metrics: Metrics;
  /** Most topic templates with a series of their own; the rest is `other`. */
  readonly maxTopics: number;
  /** Most topics whose parse is remembered. */
  readonly maxCachedTopics: number;
}

/** Applies messages below `valtronics/` to fleet and counters. Never throws, whatever the message is. */
export interface MessageHandler {
  /**
   * `payload` is undefined when it was too large to keep; `size` is its length in bytes; `now` is the time
   * of arrival in milliseconds since the epoch.
   */
  handle(topic: string, payload: Buffer | undefined, size: number, retained: boolean, now: number): void;
  /** When the last live message arrived, milliseconds since the epoch; null before the first. */
  lastMessageAt(): number | null;
}

/** A topic with the counter of its template. */
interface Route extends Topic {
  readonly messages: CounterCell;
}

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
  const { fleet, metrics } = options;
  const routes = new Map<string, Route>();
  const templates = new Map<string, CounterCell>();
  const bytes = metrics.counter(TELEMETRY_BYTES, {});
  const dropped = metrics.counter(SERIES_DROPPED, { reason: 'topics' });
  const unusable = new Map(
    UNUSABLE_REASONS.map((reason) => [reason, metrics.counter(MQTT_UNUSABLE, { reason })] as const),
  );
  const unitOf = createUnitCache(MAX_CACHED_UNITS);
  let last: number | null = null;

  function count(reason: UnusableReason): void {
    unusable.get(reason)?.inc();
  }

  function templateCounter(topic: Topic): CounterCell {
    const key = `${topic.template} ${topic.direction}`;
    const known = templates.get(key);
    if (known !== undefined) return known;
    const isCapped = templates.size >= options.maxTopics && topic.template !== OTHER_TEMPLATE;
    if (isCapped) dropped.inc();
    const template = isCapped ? OTHER_TEMPLATE : topic.template;
    const cell = metrics.counter(MQTT_MESSAGES, { topic: template, direction: topic.direction });
    // The layouts have a few dozen templates in all, so the capped ones may be remembered, too.
    templates.set(key, cell);
    return cell;
  }

  function routeOf(topic: string): Route {
    const known = routes.get(topic);
    if (known !== undefined) return known;
    const parsed = parseTopic(topic);
    const route = { ...parsed, messages: templateCounter(parsed) };
    if (topic.length <= MAX_CACHED_TOPIC_LENGTH) {
      if (routes.size >= options.maxCachedTopics) routes.clear();
      routes.set(topic, route);
    }
    return route;
  }

  // One sink for all messages, pointed at the device before each: no object a message.
  let device = '';
  let at = 0;
  let points = 0;
  const livePoints: PointSink = {
    point: (metric, unit, value) => {
      points += 1;
      fleet.point(device, metric, unitOf(unit), value, at);
    },
    unusable: count,
  };
  const retainedPoints: PointSink = {
    point: (metric, unit, value) => {
      if (value !== null) fleet.value(device, metric, unitOf(unit), value, at);
    },
    unusable: count,
  };

  function telemetry(route: Route, document: Document, id: string, retained: boolean, now: number): void {
    device = id;
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
      else fleet.report(id, found, now);
      return;
    }
    if (found !== undefined) count('wrong_type');
    if (!retained) fleet.heard(id, now);
  }

  /** The payload's object; an unusable one is counted and gives undefined. */
  function documentOf(payload: Buffer | undefined): Document | undefined {
    const document = payload === undefined ? 'too_large' : readDocument(payload);
    if (typeof document !== 'string') return document;
    count(document);
    return undefined;
  }

  function apply(route: Route, payload: Buffer | undefined, retained: boolean, now: number): void {
    const { kind, deviceId } = route;
    const document = documentOf(payload);
    if (document === undefined) {
      // Nonsense from a device is still a sign of life, and a status in the topic needs no payload.
      if (deviceId === null) return;
      if (kind === 'status') status(route, {}, deviceId, retained, now);
      else if (!retained) fleet.heard(deviceId, now);
      return;
    }
    const id = deviceId ?? payloadDevice(document);
    if (id === null) count('no_device');
    else if (kind === 'telemetry') telemetry(route, document, id, retained, now);
    else if (kind === 'status' || kind === 'heartbeat') status(route, document, id, retained, now);
    else if (!retained) fleet.heard(id, now);
  }

  return {
    handle: (topic, payload, size, retained, now) => {
      const route = routeOf(topic);
      if (!retained) {
        last = now;
        route.messages.inc();
        if (route.kind === 'telemetry') bytes.inc(size);
      }
      if (route.direction === 'publish' || route.kind === 'system' || route.kind === 'other') return;
      apply(route, payload, retained, now);
    },
    lastMessageAt: () => last,
  };
}
