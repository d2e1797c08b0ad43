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
import { type Field, KEY_TREE, type KeyNode } from './json-fields.ts';
import { levelOf } from './levels.ts';
import { epochTime, isoTime } from './line-time.ts';
import { spanIdAt, traceIdAt, traceparentAt } from './trace-ids.ts';

/** An object of JSON whose content nobody knows yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

type Values = Partial<Record<Field, unknown>>;
type Ranks = Partial<Record<Field, number>>;

/** Deeper nesting is none of a known schema. */
const MOST_DEPTH = 4;
const LONGEST_ID = 128;
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

function collect(
  object: JsonObject,
  nodes: ReadonlyMap<string, KeyNode>,
  values: Values,
  ranks: Ranks,
  depth: number,
): void {
  for (const key in object) {
    const node = nodes.get(key);
    if (node === undefined) continue;
    const value = object[key];
    if (value === null || value === '' || value === undefined) continue;
    const { field, rank, children } = node;
    if (field !== undefined && !(children.size > 0 && isObject(value)) && rank <= (ranks[field] ?? rank)) {
      values[field] = value;
      ranks[field] = rank;
    }
    if (children.size > 0 && depth < MOST_DEPTH && isObject(value))
      collect(value, children, values, ranks, depth + 1);
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

/** Numbers are pino's and bunyan's tens, or syslog's severities below ten. */
function levelOfValue(value: unknown): LogLevel {
  if (typeof value === 'string') return levelOf(value) ?? 'UNKNOWN';
  if (typeof value !== 'number' || value < 0) return 'UNKNOWN';
  return (value < 10 ? LEVEL_BY_SYSLOG[value] : LEVEL_BY_PINO[Math.floor(value / 10)]) ?? 'UNKNOWN';
}

function categoryOf({ category, audit, dataset }: Values): LogCategory | undefined {
  if (audit === true || (typeof dataset === 'string' && dataset.endsWith('.audit'))) return 'audit';
  const words: readonly unknown[] = Array.isArray(category) ? category : [category];
  if (words.some((word) => typeof word === 'string' && AUDIT_CATEGORIES.has(word))) return 'audit';
  return LOG_CATEGORIES.find((name) => name === category);
}

function errorOf({ errorType, errorMessage, errorStack }: Values): LoggedError | undefined {
  const stack = textOf(errorStack);
  const type = textOf(errorType);
  const message = textOf(errorMessage);
  if (stack === undefined && type === undefined && message === undefined) return undefined;
  const told = exceptionOf(stack ?? '');
  return { type: type ?? told.type, message: message ?? told.message, stack: stack ?? '' };
}

function requestOf(object: JsonObject, { method, url, agent, bytes }: Values): LoggedRequest | undefined {
  const access = method === undefined ? null : parseJsonAccess(object);
  if (access === null) return undefined;
  return {
    method: access.method === 'other' ? undefined : access.method,
    url: textOf(url) ?? access.path ?? undefined,
    status: Number(access.status),
    durationSeconds: access.durationSeconds ?? undefined,
    clientIp: access.client ?? undefined,
    bytes: bytes === undefined || Number.isNaN(Number(bytes)) ? undefined : Number(bytes),
    userAgent: textOf(agent),
  };
}

/** What people read: the message, of a request without one its line, else the whole object. */
function messageOf({ message }: Values, object: JsonObject, request: LoggedRequest | undefined): string {
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
  const values: Values = {};
  collect(object, KEY_TREE, values, {}, 0);
  const { message, time, level, errorStack, errorMessage } = values;
  const request = requestOf(object, values);
  if ((message ?? time ?? level ?? request ?? errorStack ?? errorMessage) === undefined) return undefined;
  const parent = typeof values.traceparent === 'string' ? traceparentAt(values.traceparent, 0) : undefined;
  return {
    time: timeOf(time),
    level: levelOfValue(level),
    levelText: textOf(level),
    message: messageOf(values, object, request),
    service: idOf(values.service),
    dataset: idOf(values.dataset),
    category: categoryOf(values),
    logger: idOf(values.logger),
    deviceId: idOf(values.device),
    traceId:
      typeof values.trace === 'string' ? (traceIdAt(values.trace, 0) ?? parent?.traceId) : parent?.traceId,
    spanId: typeof values.span === 'string' ? (spanIdAt(values.span, 0) ?? parent?.spanId) : parent?.spanId,
    correlationId: idOf(values.correlation),
    request,
    error: errorOf(values),
    process: idOf(values.process),
  };
}
