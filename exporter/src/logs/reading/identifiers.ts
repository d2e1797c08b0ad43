import { hintsIn, MAY_HOLD_ID, MAY_NAME_DEVICE } from './hints.ts';
import { spanIdAt, traceIdAt, traceparentAt } from '../formats/trace-ids.ts';

/** Ids that a text tells. */
export interface Identifiers {
  deviceId?: string;
  traceId?: string;
  spanId?: string;
  correlationId?: string;
}

/** Keys as they stand in front of `=` or `:`, in lower case and without `_`, `-` and `.`. */
const KEYS: ReadonlyMap<string, 'traceId' | 'spanId' | 'correlationId' | 'traceparent'> = new Map([
  ['traceid', 'traceId'],
  ['spanid', 'spanId'],
  ['requestid', 'correlationId'],
  ['xrequestid', 'correlationId'],
  ['correlationid', 'correlationId'],
  ['xcorrelationid', 'correlationId'],
  ['httprequestid', 'correlationId'],
  ['traceparent', 'traceparent'],
]);
const LONGEST_KEY = 20;
const LONGEST_ID = 128;
const LONGEST_NAME = 64;
/** Of the number in a device's name; a UUID may end in more. */
const [LEAST_DIGITS, MOST_DIGITS] = [3, 9];

/** Second part of topics that are no device's: `valtronics/alerts/…`. */
const NO_DEVICES: ReadonlySet<string> = new Set([
  ...['devices', 'telemetry', 'alerts', 'system', 'monitoring', 'health', 'analytics', 'fused_data'],
  ...['spectrum', 'temperature', 'test', '+', '#'],
]);
const TOPIC = 'valtronics/';
/** What the backend says of a device that nobody has registered. */
const UNKNOWN_DEVICE = 'unknown device: ';

const [SPACE, QUOTE, APOSTROPHE, DASH, DOT, COLON, EQUALS] = [0x20, 0x22, 0x27, 0x2d, 0x2e, 0x3a, 0x3d];
const [BACKSLASH, UNDERSCORE] = [0x5c, 0x5f];

/** 1 for a digit, 2 for a lower-case letter, 3 for a capital, 4 for `_ - .`; 0 for what is no part of a word. */
const KIND = new Uint8Array(128);
for (let code = 0x30; code <= 0x39; code++) KIND[code] = 1;
for (let code = 0x61; code <= 0x7a; code++) KIND[code] = 2;
for (let code = 0x41; code <= 0x5a; code++) KIND[code] = 3;
for (const character of '_-.') KIND[character.charCodeAt(0)] = 4;

function kindAt(text: string, index: number): number {
  return KIND[text.charCodeAt(index)] ?? 0;
}

/** The word at an index, as the value of an id; undefined for none and for one that is too long. */
function wordAt(text: string, start: number): string | undefined {
  let end = start;
  while (end - start <= LONGEST_ID && kindAt(text, end) !== 0) end++;
  // A sentence may end behind an id.
  if (text.charCodeAt(end - 1) === 0x2e) end--;
  return end === start || end - start > LONGEST_ID ? undefined : text.slice(start, end);
}

/** Index of the value behind a key that ends at an index (`key=`, `key: `, `"key":"`), or -1 where it is no key. */
function valueBehind(text: string, keyEnd: number): number {
  let index = keyEnd;
  const skip = (code: number): boolean => code === QUOTE || code === APOSTROPHE || code === BACKSLASH;
  while (skip(text.charCodeAt(index)) && index < keyEnd + 2) index++;
  const separator = text.charCodeAt(index);
  if (separator !== EQUALS && separator !== COLON) return -1;
  index++;
  const begin = index;
  while ((skip(text.charCodeAt(index)) || text.charCodeAt(index) === SPACE) && index < begin + 4) index++;
  return index;
}

/** Takes the value of the key between two indices, where it is one of an id and the first of its kind. */
function take(text: string, start: number, end: number, found: Identifiers): void {
  const at = valueBehind(text, end);
  if (at === -1) return;
  const written = text.slice(start, end).toLowerCase();
  const key = KEYS.get(written.replaceAll('_', '').replaceAll('-', '').replaceAll('.', ''));
  if (key === undefined) return;
  if (key === 'traceparent') {
    const ids = traceparentAt(text, at);
    found.traceId ??= ids?.traceId;
    found.spanId ??= ids?.spanId;
  } else if (key === 'traceId') found.traceId ??= traceIdAt(text, at);
  else if (key === 'spanId') found.spanId ??= spanIdAt(text, at);
  else found.correlationId ??= wordAt(text, at);
}

/** The ids of traces and requests that keys of a text give. */
function findKeyed(text: string, found: Identifiers): void {
  let index = 0;
  while (index < text.length) {
    const start = index;
    while (kindAt(text, index) !== 0) index++;
    if (index === start) {
      index++;
      continue;
    }
    // Keys end in `id` or `parent`.
    const last = text.charCodeAt(index - 1) | 0x20;
    if ((last === 0x64 || last === 0x74) && index - start <= LONGEST_KEY) take(text, start, index, found);
  }
}

/** The device at an index. A bare number is none: it is a row of the platform's database, which devices do not know. */
function deviceAt(text: string, start: number): string | undefined {
  const word = wordAt(text, start);
  return word === undefined || /^\d+$/.test(word) ? undefined : word;
}

/** The value of the first key `device_id`, `deviceId` or the like. */
function keyedDevice(text: string): string | undefined {
  for (let at = text.indexOf('evice'); at !== -1; at = text.indexOf('evice', at + 5)) {
    let end = at + 5;
    const separator = text.charCodeAt(end);
    if (separator === UNDERSCORE || separator === DASH || separator === DOT) end++;
    const isId = (text.charCodeAt(end) | 0x20) === 0x69 && (text.charCodeAt(end + 1) | 0x20) === 0x64;
    const value = isId ? valueBehind(text, end + 2) : -1;
    const device = value === -1 ? undefined : deviceAt(text, value);
    if (device !== undefined) return device;
  }
  return undefined;
}

function topicDevice(text: string): string | undefined {
  const start = text.indexOf(TOPIC);
  if (start === -1) return undefined;
  const first = text.startsWith('devices/', start + TOPIC.length)
    ? wordAt(text, start + TOPIC.length + 8)
    : wordAt(text, start + TOPIC.length);
  return first === undefined || NO_DEVICES.has(first) ? undefined : first;
}

/** Index of the begin of a word in capitals and digits that goes on to an index; -1 where it is none. */
function nameBegin(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start <= LONGEST_NAME) {
    const kind = kindAt(text, start - 1);
    if (kind === 0) break;
    if (kind === 2) return -1;
    start--;
  }
  return kindAt(text, start) === 3 && end - start <= LONGEST_NAME ? start : -1;
}

/** The first word that looks as the platform names devices: capitals, then a number behind `_` or `-`: `TEMP_SENSOR_001`. */
function namedDevice(text: string): string | undefined {
  for (let index = 1; index + 3 < text.length + 1; index++) {
    const code = text.charCodeAt(index);
    if (code !== UNDERSCORE && code !== DASH) continue;
    let end = index + 1;
    while (kindAt(text, end) === 1) end++;
    const digits = end - index - 1;
    if (digits < LEAST_DIGITS || digits > MOST_DIGITS || kindAt(text, end) > 1) continue;
    const start = nameBegin(text, index);
    if (start !== -1) return text.slice(start, end);
  }
  return undefined;
}

/** A device that a text speaks of: by a key, as one that nobody knows, by its topic, by the form of its name. */
function findDevice(text: string): string | undefined {
  const keyed = keyedDevice(text);
  if (keyed !== undefined) return keyed;
  const unknown = text.indexOf(UNKNOWN_DEVICE);
  if (unknown !== -1) return wordAt(text, unknown + UNKNOWN_DEVICE.length);
  const speaksOfDevices = text.includes('evice') || text.includes('lient');
  return topicDevice(text) ?? (speaksOfDevices ? namedDevice(text) : undefined);
}

/**
 * The ids in a text: values of `trace_id`, `request_id`, `X-Request-ID`, `correlation_id`, `device_id` and the like, W3C's
 * `traceparent`, the device of a topic, and, where devices or clients are spoken of, a word as the platform names devices. `hints` is
 * what `hintsIn` says of the text, or of one that holds it. Linear in the length of the text.
 */
export function findIdentifiers(text: string, hints = hintsIn(text)): Identifiers {
  const found: Identifiers = {};
  if ((hints & MAY_HOLD_ID) !== 0) findKeyed(text, found);
  if ((hints & MAY_NAME_DEVICE) !== 0) found.deviceId = findDevice(text);
  return found;
}
