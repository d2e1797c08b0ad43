import { type AccessLine, parseStatus } from '../access-line.ts';
import { clientAddress, forwardedClient } from './client-address.ts';
import { parseDuration } from './duration.ts';
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
];
const TIME_KEYS = ['time', 'ts', 'timestamp', '@timestamp', 'time_iso8601', 'time_local', 'msec', 'StartUTC'];

/** True for what `JSON.parse` gives for `{…}`. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object of a line, or null when the line is none: formatters that do not escape write such lines. */
export function parseJsonObject(line: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(line);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The first of the keys with a text or number that is not empty, as text. */
function textOf(object: JsonObject, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = object[key];
    if (typeof value === 'string' && value !== '' && value !== '-') return value;
    if (typeof value === 'number') return String(value);
  }
  return null;
}

function requestOf(object: JsonObject): Request | null {
  const method = textOf(object, METHOD_KEYS);
  const target = textOf(object, TARGET_KEYS);
  if (method !== null && target !== null) return { method: methodOf(method), path: pathOf(target) };
  return typeof object['request'] === 'string' ? parseRequestLine(object['request']) : null;
}

function timeOf(object: JsonObject): number | null {
  const text = textOf(object, TIME_KEYS);
  if (text === null) return null;
  return parseIsoTime(text) ?? parseCommonTime(text) ?? parseEpoch(Number(text));
}

function clientOf(object: JsonObject): string | null {
  const forwarded = textOf(object, FORWARDED_KEYS);
  if (forwarded !== null) return forwardedClient(forwarded);
  const client = textOf(object, CLIENT_KEYS);
  return client === null ? null : clientAddress(client);
}

/**
 * Reads an object of an access log: nginx with a JSON `log_format`, caddy (request nested), traefik, and
 * others with the usual names. Null when it has no method, path and status together.
 */
export function parseJsonAccess(object: JsonObject): AccessLine | null {
  const nested = isJsonObject(object['request']) ? object['request'] : object;
  const request = requestOf(nested);
  if (request === null) return null;
  const status = parseStatus(textOf(object, STATUS_KEYS)?.padStart(3, '0') ?? '');
  if (status === null) return null;
  return {
    ...request,
    status,
    durationSeconds: parseDuration(object),
    client: clientOf(nested),
    time: timeOf(object),
  };
}
