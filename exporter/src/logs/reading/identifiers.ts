import { spanIdAt, traceIdAt, traceparentAt } from '../formats/trace-ids.ts';

/** Ids that a text tells. */
export interface Identifiers {
  deviceId?: string;
  traceId?: string;
  spanId?: string;
  correlationId?: string;
}

/** Keys as they stand in front of `=` or `:`, in lower case and without `_`, `-` and `.`. */
const KEYS: ReadonlyMap<string, keyof Identifiers | 'traceparent'> = new Map<
  string,
  keyof Identifiers | 'traceparent'
>([
  ['deviceid', 'deviceId'],
  ['labelsdeviceid', 'deviceId'],
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

/** Second part of topics that are no device's: `valtronics/alerts/…`. */
const NO_DEVICES: ReadonlySet<string> = new Set([
  ...['devices', 'telemetry', 'alerts', 'system', 'monitoring', 'health', 'analytics', 'fused_data'],
  ...['spectrum', 'temperature', 'test', '+', '#'],
]);
const TOPIC = 'valtronics/';
/** What the backend says of a device that nobody has registered. */
const UNKNOWN_DEVICE = 'unknown device: ';

const [SPACE, QUOTE, APOSTROPHE, DASH, COLON, EQUALS, BACKSLASH] = [0x20, 0x22, 0x27, 0x2d, 0x3a, 0x3d, 0x5c];

/** 1 digit, 2 lower case, 3 upper case, 4 `_ - .`; 0 for what is no part of a word. */
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

/** The device at an index. A bare number is none: it is a row of the platform's database, which devices do not know. */
function deviceAt(text: string, start: number): string | undefined {
  const word = wordAt(text, start);
  return word === undefined || /^\d+$/.test(word) ? undefined : word;
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
  else if (key === 'correlationId') found.correlationId ??= wordAt(text, at);
  else found.deviceId ??= deviceAt(text, at);
}

/** Whether a word looks as the platform names devices: capitals, then a number behind `_` or `-`: `TEMP_SENSOR_001`. */
function isDeviceName(text: string, start: number, end: number): boolean {
  let index = end;
  while (index > start && kindAt(text, index - 1) === 1) index--;
  const separator = text.charCodeAt(index - 1);
  if (end - index < 3 || (separator !== DASH && separator !== 0x5f) || index - 1 <= start) return false;
  if (kindAt(text, start) !== 3) return false;
  for (let at = start; at < index - 1; at++)
    if (kindAt(text, at) === 2 || kindAt(text, at) === 0) return false;
  return true;
}

function topicDevice(text: string): string | undefined {
  const start = text.indexOf(TOPIC);
  if (start === -1) return undefined;
  const first = text.startsWith('devices/', start + TOPIC.length)
    ? wordAt(text, start + TOPIC.length + 8)
    : wordAt(text, start + TOPIC.length);
  return first === undefined || NO_DEVICES.has(first) ? undefined : first;
}

/**
 * The ids in a text: values of `trace_id`, `request_id`, `X-Request-ID`, `correlation_id`, `device_id` and the like, W3C's
 * `traceparent`, the device of a topic, and, where devices are spoken of, a word as the platform names them. Linear in
 * the length of the text.
 */
export function findIdentifiers(text: string): Identifiers {
  const found: Identifiers = {};
  const speaksOfDevices = text.includes('evice');
  let name: string | undefined;
  let index = 0;
  while (index < text.length) {
    const start = index;
    let kind = kindAt(text, index);
    let last = 0;
    while (kind !== 0) {
      last = kind;
      index++;
      kind = kindAt(text, index);
    }
    if (index === start) {
      index++;
      continue;
    }
    const lastCode = text.charCodeAt(index - 1) | 0x20;
    // Keys end in `id` or `parent`.
    if ((lastCode === 0x64 || lastCode === 0x74) && index - start <= LONGEST_KEY)
      take(text, start, index, found);
    else if (speaksOfDevices && last === 1 && name === undefined && isDeviceName(text, start, index))
      name = text.slice(start, index);
  }
  if (found.deviceId === undefined) {
    const unknown = text.indexOf(UNKNOWN_DEVICE);
    found.deviceId =
      (unknown === -1 ? topicDevice(text) : wordAt(text, unknown + UNKNOWN_DEVICE.length)) ?? name;
  }
  return found;
}
