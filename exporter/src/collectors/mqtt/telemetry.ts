import { isDocument, type Document, type UnusableReason } from './payload.ts';

/** Takes the points of a telemetry message one by one. `value` null: a state in words, still a point. */
export interface PointSink {
  point(metric: string, unit: unknown, value: number | null): void;
  unusable(reason: UnusableReason): void;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity)$/i;
const LONGEST_NUMBER = 64;

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
  'firmware_version',
]);

/** The number in a text, null when it is a state in words, NaN when it says that it is no finite number. */
function readText(text: string): number | null {
  if (text.length > LONGEST_NUMBER) return null;
  const trimmed = text.trim();
  if (NOT_FINITE.test(trimmed)) return Number.NaN;
  return DECIMAL.test(trimmed) ? Number(trimmed) : null;
}

/**
 * A value as a number: numbers, numeric texts, booleans as 1 and 0. Null for a state in words (the
 * simulator's actuator sends `"running"`).
 */
export function readValue(value: unknown): number | null | UnusableReason {
  const number =
    typeof value === 'string' ? readText(value) : typeof value === 'boolean' ? Number(value) : value;
  if (number === null && typeof value === 'string') return null;
  if (typeof number !== 'number') return 'wrong_type';
  return Number.isFinite(number) ? number : 'not_finite';
}

function emit(metric: unknown, unit: unknown, value: unknown, sink: PointSink): void {
  if (typeof metric !== 'string' || metric === '') {
    sink.unusable('no_metric_name');
    return;
  }
  const read = readValue(value);
  if (read === 'wrong_type' || read === 'not_finite') sink.unusable(read);
  else if (typeof read !== 'string') sink.point(metric, unit, read);
}

/** The firmware's object of numbers; texts in words describe the device there. */
function emitMembers(document: Document, sink: PointSink): void {
  let found = false;
  for (const [name, value] of Object.entries(document)) {
    if (DESCRIPTIVE.has(name) || typeof value === 'boolean') continue;
    const read = readValue(value);
    if (read === null || read === 'wrong_type') continue;
    found = true;
    emit(name, '', value, sink);
  }
  if (!found) sink.unusable('no_points');
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
      if (isDocument(item)) emit(item['name'], item['unit'], item['value'], sink);
      else sink.unusable('wrong_type');
    }
  } else if (metrics !== undefined) {
    sink.unusable('wrong_type');
  } else if ('value' in document) {
    emit(document['name'], document['unit'], document['value'], sink);
  } else {
    emitMembers(document, sink);
  }
}
