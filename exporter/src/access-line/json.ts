import { isObject } from '../base/is-object.ts';
import { type AccessLine, parseStatus } from './access-line.ts';
import { clientAddress, forwardedClient } from './client-address.ts';
import { secondsOf } from './duration.ts';
import { durationByKey } from './duration-keys.ts';
import { parseCommonTime, parseEpoch, parseIsoTime } from './log-time.ts';
import { methodOf, parseRequestLine, pathOf, type Request } from './request-target.ts';

/** A parsed JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>;

const METHOD_KEYS = ['method', 'request_method', 'http_method', 'RequestMethod', 'verb'];
const TARGET_KEYS = ['path', 'uri', 'request_uri', 'url', 'RequestPath', 'request_path'];
const STATUS_KEYS = [
  'status',
  'status_code',
  'statusCode',
  'DownstreamStatus',
  'OriginStatus',
  'response_status',
  'response_code',
  'StatusCode',
];
const FORWARDED_KEYS = ['http_x_forwarded_for', 'x_forwarded_for', 'xff'];
const CLIENT_KEYS = [
  'client_ip',
  'remote_addr',
  'remote_ip',
  'ClientHost',
  'ClientAddr',
  'client_addr',
  'client',
  'downstream_remote_address',
];
const TIME_KEYS = [
  'time',
  'ts',
  'timestamp',
  '@timestamp',
  'time_iso8601',
  'time_local',
  'msec',
  'StartUTC',
  'start_time',
];

/** nginx without `escape=json` writes `"` and control characters as `\x22`, which is no JSON. */
const NGINX_ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|[^x])/g;

/** The object of a line, or null when the line is none: formatters that do not escape write such lines. */
export function parseJsonObject(line: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    if (!line.includes('\\x')) return null;
  }
  const escaped = line.replace(NGINX_ESCAPE, (whole, code?: string) =>
    code === undefined ? whole : `\\u00${code}`,
  );
  try {
    const value: unknown = JSON.parse(escaped);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The first of the keys with a text or number that is not empty, as text; '' when all that are there are empty. */
function textOf(object: JsonObject, keys: readonly string[]): string | null {
  let text: string | null = null;
  for (const key of keys) {
    const value = object[key];
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string') continue;
    if (value !== '' && value !== '-') return value;
    text = '';
  }
  return text;
}

function partOf(object: JsonObject, key: string): JsonObject {
  const part = object[key];
  return isObject(part) ? part : {};
}

/** Both there, though maybe empty: nginx has neither for what it could not read (400, 408). */
function requestOf(object: JsonObject): Request | null {
  const method = textOf(object, METHOD_KEYS);
  const target = textOf(object, TARGET_KEYS);
  if (method !== null && target !== null) return { method: methodOf(method), path: pathOf(target) };
  return typeof object['request'] === 'string' ? parseRequestLine(object['request']) : null;
}

function timeOf(object: JsonObject): number | null {
  // pino's numbers are by far the most of them.
  if (typeof object['time'] === 'number') return parseEpoch(object['time']);
  const text = textOf(object, TIME_KEYS);
  if (text === null) return null;
  return parseIsoTime(text) ?? parseCommonTime(text) ?? parseEpoch(Number(text));
}

function clientOf(object: JsonObject): string | null {
  const forwarded = textOf(object, FORWARDED_KEYS);
  if (forwarded !== null && forwarded !== '') return forwardedClient(forwarded);
  const client = textOf(object, CLIENT_KEYS);
  return client === null ? null : clientAddress(client);
}

function statusOf(text: string | null): string | null {
  return text === null || text === '' ? null : parseStatus(text.padStart(3, '0'));
}

/** A value by its dotted name of the Elastic Common Schema, whether its parts are nested or not. */
function ecsText(object: JsonObject, name: string): string | null {
  const direct = textOf(object, [name]);
  if (direct !== null) return direct;
  const [first = '', ...rest] = name.split('.');
  return isObject(object[first]) && rest.length > 0 ? ecsText(object[first], rest.join('.')) : null;
}

/** Names of the Elastic Common Schema: `http.request.method`, `url.path`, …; `event.duration` is in nanoseconds. */
function parseEcs(object: JsonObject): AccessLine | null {
  const method = ecsText(object, 'http.request.method');
  const target = ecsText(object, 'url.original') ?? ecsText(object, 'url.path');
  const status = statusOf(ecsText(object, 'http.response.status_code'));
  if (method === null || target === null || status === null) return null;
  const client =
    ecsText(object, 'client.ip') ?? ecsText(object, 'source.ip') ?? ecsText(object, 'source.address');
  const duration = ecsText(object, 'event.duration');
  return {
    method: methodOf(method),
    path: pathOf(target),
    status,
    durationSeconds: duration === null ? null : secondsOf(Number(duration), 1e-9),
    client: client === null ? null : clientAddress(client),
    time: timeOf(object),
  };
}

/** pino-http: `req` and `res` nested, `responseTime` in milliseconds. */
function parsePino(object: JsonObject): AccessLine | null {
  const request = partOf(object, 'req');
  const method = textOf(request, ['method']);
  const target = textOf(request, ['url']);
  const status = statusOf(textOf(partOf(object, 'res'), ['statusCode']));
  if (method === null || target === null || status === null) return null;
  const forwarded = textOf(partOf(request, 'headers'), ['x-forwarded-for']);
  const client = textOf(request, ['remoteAddress', 'remote_address']);
  return {
    method: methodOf(method),
    path: pathOf(target),
    status,
    durationSeconds: secondsOf(object['responseTime'], 1e-3),
    client: forwarded === null ? clientAddress(client ?? '') : forwardedClient(forwarded),
    time: timeOf(object),
  };
}

/** Whoever writes the line decides what its bare `duration` counts; null where nobody is known. */
function durationOf(object: JsonObject): number | null {
  // caddy: seconds · Envoy: milliseconds · traefik: nanoseconds.
  if (isObject(object['request']) && 'uri' in object['request']) return secondsOf(object['duration'], 1);
  if ('response_code' in object && 'response_flags' in object) return secondsOf(object['duration'], 1e-3);
  if ('DownstreamStatus' in object || 'OriginStatus' in object) return secondsOf(object['Duration'], 1e-9);
  return durationByKey(object);
}

/**
 * Reads an object of an access log: nginx with a JSON `log_format`, caddy (request nested), traefik, Envoy, the Elastic
 * Common Schema, pino, and others with the usual names. Null when it has no method, path and status together.
 */
export function parseJsonAccess(object: JsonObject): AccessLine | null {
  if (isObject(object['req'])) return parsePino(object);
  const nested = isObject(object['request']) ? object['request'] : object;
  const request = requestOf(nested);
  const status = statusOf(textOf(object, STATUS_KEYS));
  if (request !== null && status !== null) {
    return {
      ...request,
      status,
      durationSeconds: durationOf(object),
      client: clientOf(nested),
      time: timeOf(object),
    };
  }
  return parseEcs(object);
}
