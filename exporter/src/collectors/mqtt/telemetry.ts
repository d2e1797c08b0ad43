import { isObject } from '../../base/is-object.ts';
import { parsePlatformTime } from '../platform-time.ts';
import type { Document } from './payload.ts';
import { isKnownUnit, normaliseUnit } from './unit.ts';
import type { UnusableReason } from './unusable.ts';

/** Takes the points of a telemetry message one by one. `value` null: a state in words, still a point. */
export interface PointSink {
  point(metric: string, unit: unknown, value: number | null): void;
  /** `metric` is the name of the value; null without one. */
  unusable(reason: UnusableReason, metric: string | null): void;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity)$/i;
/** A decimal comma: one that may as well part thousands (`1,234`) is left to the words below. */
const DECIMAL_COMMA = /^[+-]?(?:\d{1,15},(?:\d{1,2}|\d{4,15})|(?:0|\d{4,15}),\d{3})$/;
const THOUSANDS = /^[+-]?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,15})?$/;
/** A number and what stands behind it, one word: `23.5 °C`, `45%`. Words with digits are no unit unless it is a known one. */
const WITH_UNIT = /^([+-]?(?:\d{1,15}(?:[.,]\d{1,15})?|\.\d{1,15}))\s{0,3}([^\d\s.,:;/+-][^\s,:;]{0,15})$/;
const HAS_DIGIT = /\d/;
const LONGEST_NUMBER = 64;

/** 2017-07-14 in each unit of time since the epoch: what is smaller than milliseconds is a time since boot. */
const OLDEST_SECONDS = 1.5e9;
const OLDEST_MILLIS = 1.5e12;
const OLDEST_MICROS = 1.5e15;
const OLDEST_NANOS = 1.5e18;

/** Members of a flat object that describe the device or the message and are no measurement. */
const DESCRIPTIVE = new Set([
  'device_id',
  'id',
  'timestamp',
  'time',
  'ts',
  'sequence',
  'seq',
  'version',
  'firmware',
  'firmware_version',
  'name',
  'model',
  'manufacturer',
  'type',
  'device_type',
  'location',
  'status',
  'unit',
  'traceparent',
  'tracestate',
]);

/** A value as it can be used. `number` null: a state in words. `unit`: what the text itself says. */
interface Reading {
  readonly number: number | null;
  readonly unit: string;
}

const STATE: Reading = { number: null, unit: '' };

function reading(number: number): Reading | UnusableReason {
  return Number.isFinite(number) ? { number, unit: '' } : 'not_finite';
}

/**
 * The number in a text. A unit is believed when it is one of the known spellings or the one that the message states;
 * a number with anything else behind it, or with a comma that may be a decimal one or not, is `ambiguous_number`.
 */
function readText(text: string, statedUnit: unknown): Reading | UnusableReason {
  if (text.length > LONGEST_NUMBER) return STATE;
  const trimmed = text.trim();
  if (NOT_FINITE.test(trimmed)) return 'not_finite';
  if (DECIMAL.test(trimmed)) return reading(Number(trimmed));
  if (DECIMAL_COMMA.test(trimmed)) return reading(Number(trimmed.replace(',', '.')));
  if (THOUSANDS.test(trimmed)) return 'ambiguous_number';
  const [, digits, unit] = WITH_UNIT.exec(trimmed) ?? [];
  if (digits === undefined || unit === undefined) return STATE;
  const stated = normaliseUnit(statedUnit);
  const isStated = stated === normaliseUnit(unit);
  // `12h30`: a state in words that begins with a digit.
  if (!isStated && !isKnownUnit(unit)) return HAS_DIGIT.test(unit) ? STATE : 'ambiguous_number';
  if (!isStated && stated !== '') return 'ambiguous_number';
  const read = readText(digits, '');
  return typeof read === 'string' ? read : { ...read, unit };
}

/**
 * A value as a number: numbers, numeric texts (`"23.5"`, `"23,5"`, `"23.5 °C"`), booleans as 1 and 0. `number` is null
 * for a state in words (the simulator's actuator sends `"running"`).
 */
export function readValue(value: unknown, statedUnit: unknown): Reading | UnusableReason {
  if (typeof value === 'number') return reading(value);
  if (typeof value === 'string') return readText(value, statedUnit);
  return typeof value === 'boolean' ? reading(Number(value)) : 'wrong_type';
}

function emit(metric: unknown, unit: unknown, value: unknown, sink: PointSink): void {
  if (typeof metric !== 'string' || metric === '') {
    sink.unusable('no_metric_name', null);
    return;
  }
  // The usual case, without an object for it.
  if (typeof value === 'number' && Number.isFinite(value)) {
    sink.point(metric, unit, value);
    return;
  }
  const read = readValue(value, unit);
  if (typeof read === 'string') sink.unusable(read, metric);
  else sink.point(metric, read.unit === '' ? unit : read.unit, read.number);
}

/** The firmware's object of numbers and switches; texts in words, lists and objects describe the device there. */
function emitMembers(document: Document, sink: PointSink): void {
  let found = false;
  for (const [name, value] of Object.entries(document)) {
    if (DESCRIPTIVE.has(name) || name === '') continue;
    const read = readValue(value, '');
    if (read === 'wrong_type' || (typeof read !== 'string' && read.number === null)) continue;
    found = true;
    emit(name, '', value, sink);
  }
  if (!found) sink.unusable('no_points', null);
}

/**
 * Reads a telemetry message of any of the three layouts, told apart by shape: a batch `{metrics: [{name,
 * value, unit}]}`, a single `{name, value, unit}`, `{value, unit}` under a topic that names the metric, and
 * the firmware's flat object of numbers. What cannot be used is reported, the rest is kept.
 */
export function readPoints(document: Document, topicMetric: string | null, sink: PointSink): void {
  if (topicMetric !== null) {
    emit(topicMetric, document['unit'], document['value'], sink);
    return;
  }
  const { metrics } = document;
  if (Array.isArray(metrics)) {
    for (const item of metrics) {
      if (isObject(item)) emit(item['name'], item['unit'], item['value'], sink);
      else sink.unusable('wrong_type', null);
    }
  } else if (metrics !== undefined) {
    sink.unusable('wrong_type', null);
  } else if ('value' in document) {
    emit(document['name'], document['unit'], document['value'], sink);
  } else {
    emitMembers(document, sink);
  }
}

/** Milliseconds since the epoch of a number, its unit told by its magnitude; null for a time since boot. */
function epochMillis(time: number): number | null {
  if (time >= OLDEST_NANOS * 1000) return null;
  if (time >= OLDEST_NANOS) return Math.floor(time / 1e6);
  if (time >= OLDEST_MICROS) return Math.floor(time / 1e3);
  if (time >= OLDEST_MILLIS) return time;
  // Whole seconds cannot be told from milliseconds since boot; a fraction can.
  const isSeconds = time >= OLDEST_SECONDS && time < OLDEST_SECONDS * 10 && !Number.isInteger(time);
  return isSeconds ? time * 1000 : null;
}

/**
 * Milliseconds since the epoch of a payload's timestamp, or null when it says nothing: missing, no time, or
 * milliseconds since boot as the firmware sends them. Numbers are milliseconds, microseconds or nanoseconds since the
 * epoch by their magnitude, or seconds with a fraction. Text without a zone is UTC. A time ahead of `now` is the error of
 * a device's clock and becomes `now`.
 */
export function readTime(timestamp: unknown, now: number): number | null {
  if (typeof timestamp === 'number') {
    const time = epochMillis(timestamp);
    return time === null ? null : Math.min(time, now);
  }
  if (typeof timestamp !== 'string' || timestamp.length > 64) return null;
  const time = parsePlatformTime(timestamp);
  return time === null ? null : Math.min(time, now);
}
