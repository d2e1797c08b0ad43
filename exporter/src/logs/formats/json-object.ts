import { isObject } from '../../base/is-object.ts';
import { parseJsonAccess } from '../../access-line/json.ts';
import { parseCommonTime } from '../../access-line/log-time.ts';
import {
  LOG_CATEGORIES,
  type LogCategory,
  type LoggedError,
  type LoggedRequest,
  type LogLevel,
} from '../entry.ts';
import { exceptionOf } from './exception.ts';
import type { LineTime, ParsedLine } from './format.ts';
import { FIELD_COUNT, FIELDS, KEY_TREE, type KeyNode } from './json-fields.ts';
import { levelOf } from './levels.ts';
import { epochTime, isoTime } from './line-time.ts';
import { spanIdAt, traceIdAt, traceparentAt } from './trace-ids.ts';

/** An object of JSON whose content nobody knows yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Values by the places of `FIELDS`: of the object at hand. One row serves all, since it is emptied for each. */
type Values = readonly unknown[];
const found: unknown[] = Array.from({ length: FIELD_COUNT });
const ranks = new Uint8Array(FIELD_COUNT);

/** Deeper nesting is none of a known schema. */
const MOST_DEPTH = 4;
const LONGEST_ID = 128;
const NUMBER = /^\d{1,2}$/;
/** Words of ECS' `event.category` for what is audit here. */
const AUDIT_CATEGORIES: ReadonlySet<string> = new Set(['authentication', 'configuration', 'iam']);
const LEVEL_BY_PINO: readonly LogLevel[] = [
  ...(['DEBUG', 'DEBUG', 'DEBUG', 'INFO'] as const),
  ...(['WARNING', 'ERROR', 'CRITICAL'] as const),
];
const LEVEL_BY_SYSLOG: readonly LogLevel[] = [
  ...(['CRITICAL', 'CRITICAL', 'CRITICAL', 'ERROR'] as const),
  ...(['WARNING', 'INFO', 'INFO', 'DEBUG'] as const),
];

function collect(object: JsonObject, nodes: ReadonlyMap<string, KeyNode>, depth: number): void {
  for (const key in object) {
    const node = nodes.get(key);
    if (node === undefined) continue;
    const value = object[key];
    if (value === null || value === '' || value === undefined) continue;
    const { field, rank, children } = node;
    if (children !== undefined && isObject(value)) {
      if (depth < MOST_DEPTH) collect(value, children, depth + 1);
    } else if (field !== -1 && (found[field] === undefined || rank < (ranks[field] ?? 0))) {
      found[field] = value;
      ranks[field] = rank;
    }
  }
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** An id as text; undefined for what is none: too long, or no text and no number. */
function idOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && text.length <= LONGEST_ID ? text : undefined;
}

function timeOf(value: unknown): LineTime | undefined {
  if (typeof value === 'number') return epochTime(value);
  if (typeof value !== 'string') return undefined;
  const iso = isoTime(value);
  if (iso !== undefined) return iso;
  const common = parseCommonTime(value);
  return common === null ? epochTime(Number(value)) : { at: common, zoned: true };
}

/** Numbers are pino's and bunyan's tens, or syslog's severities below ten; journald writes them as text. */
function levelOfValue(given: unknown): LogLevel {
  const value = typeof given === 'string' && given.length <= 2 && NUMBER.test(given) ? Number(given) : given;
  if (typeof value === 'string') return levelOf(value) ?? 'UNKNOWN';
  if (typeof value !== 'number' || value < 0) return 'UNKNOWN';
  return (value < 10 ? LEVEL_BY_SYSLOG[value] : LEVEL_BY_PINO[Math.floor(value / 10)]) ?? 'UNKNOWN';
}

function categoryOf(values: Values): LogCategory | undefined {
  const category = values[FIELDS.category];
  const dataset = values[FIELDS.dataset];
  if (values[FIELDS.audit] === true || (typeof dataset === 'string' && dataset.endsWith('.audit')))
    return 'audit';
  if (category === undefined) return undefined;
  const words: readonly unknown[] = Array.isArray(category) ? category : [category];
  if (words.some((word) => typeof word === 'string' && AUDIT_CATEGORIES.has(word))) return 'audit';
  return LOG_CATEGORIES.find((name) => name === category);
}

function errorOf(values: Values): LoggedError | undefined {
  const stack = textOf(values[FIELDS.errorStack]);
  const type = textOf(values[FIELDS.errorType]);
  const message = textOf(values[FIELDS.errorMessage]);
  if (stack === undefined && type === undefined && message === undefined) return undefined;
  const told = exceptionOf(stack ?? '');
  return { type: type ?? told.type, message: message ?? told.message, stack: stack ?? '' };
}

/** Nanoseconds, as ECS has durations, in seconds. */
function secondsOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value / 1e9 : undefined;
}

function requestOf(object: JsonObject, values: Values): LoggedRequest | undefined {
  const access = values[FIELDS.method] === undefined ? null : parseJsonAccess(object);
  if (access === null) return undefined;
  const bytes = values[FIELDS.bytes];
  return {
    method: access.method === 'other' ? undefined : access.method,
    url: textOf(values[FIELDS.url]) ?? access.path ?? undefined,
    status: Number(access.status),
    durationSeconds: access.durationSeconds ?? undefined,
    upstreamSeconds: secondsOf(values[FIELDS.upstream]),
    overheadSeconds: secondsOf(values[FIELDS.overhead]),
    clientIp: access.client ?? undefined,
    bytes: bytes === undefined || Number.isNaN(Number(bytes)) ? undefined : Number(bytes),
    userAgent: textOf(values[FIELDS.agent]),
  };
}

/** What people read: the message, of a request without one its line, else the whole object. */
function messageOf(message: unknown, object: JsonObject, request: LoggedRequest | undefined): string {
  const text = textOf(message);
  if (text !== undefined) return text;
  if (message !== undefined) return JSON.stringify(message);
  if (request === undefined) return JSON.stringify(object);
  return [request.method, request.url, request.status].filter((part) => part !== undefined).join(' ');
}

/**
 * Reads the object of a JSON line or of the intake by the keys of `json-fields.ts`. Undefined when it has neither message
 * nor time, level, request or exception: nothing that makes it an entry of a log.
 */
export function readLogObject(object: JsonObject): ParsedLine | undefined {
  // So short a row is emptied sooner than `fill` is called.
  for (let field = 0; field < FIELD_COUNT; field++) found[field] = undefined;
  collect(object, KEY_TREE, 0);
  return parsedOf(object, found);
}

function parsedOf(object: JsonObject, values: Values): ParsedLine | undefined {
  const message = values[FIELDS.message];
  const time = values[FIELDS.time];
  const level = values[FIELDS.level];
  const request = requestOf(object, values);
  const error = errorOf(values);
  if ((message ?? time ?? level ?? request ?? error) === undefined) return undefined;
  const trace = values[FIELDS.trace];
  const span = values[FIELDS.span];
  const parent = values[FIELDS.traceparent];
  const ids = typeof parent === 'string' ? traceparentAt(parent, 0) : undefined;
  return {
    time: timeOf(time),
    // A request that was served is information, as in access logs of text.
    level: level === undefined && request !== undefined ? 'INFO' : levelOfValue(level),
    levelText: textOf(level),
    message: messageOf(message, object, request),
    service: idOf(values[FIELDS.service]),
    dataset: idOf(values[FIELDS.dataset]),
    category: categoryOf(values),
    logger: idOf(values[FIELDS.logger]),
    deviceId: idOf(values[FIELDS.device]),
    traceId: (typeof trace === 'string' ? traceIdAt(trace, 0) : undefined) ?? ids?.traceId,
    spanId: (typeof span === 'string' ? spanIdAt(span, 0) : undefined) ?? ids?.spanId,
    correlationId: idOf(values[FIELDS.correlation]),
    request,
    error,
    process: idOf(values[FIELDS.process]),
  };
}
