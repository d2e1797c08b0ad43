import { isIP } from 'node:net';
import { z } from 'zod';
import {
  LOG_CATEGORIES,
  LOG_LEVELS,
  type LogEntry,
  type LoggedError,
  type LoggedRequest,
  type TimeSource,
} from '../entry.ts';
import type { ParsedLine } from '../formats/format.ts';
import { readLogObject } from '../formats/json-object.ts';
import { createUtcTexts } from './utc-texts.ts';

/** Version of the Elastic Common Schema whose names are used. */
const ECS_VERSION = '9.0.0';
const LAST_DATE = 8.64e15;
const DAY = 86_400_000;
const TIME_SOURCES: readonly TimeSource[] = ['line', 'zoneless', 'read'];

/** Times of events and of their reading run each in an order of its own. */
const eventTexts = createUtcTexts();
const readingTexts = createUtcTexts();

const isInCalendar = (time: number): boolean => Math.abs(time) < LAST_DATE;

/** The time of reading. */
const readingTime = ({ created }: LogEntry): number => (isInCalendar(created) ? created : 0);

/** The time of the event, or of its reading where no calendar has the former. */
const eventTime = (entry: LogEntry): number =>
  isInCalendar(entry.timestamp) ? entry.timestamp : readingTime(entry);

/** The day of the entry's index, `YYYY.MM.DD` in UTC. */
function indexDay(entry: LogEntry): string {
  const [time, created] = [eventTime(entry), readingTime(entry)];
  // A clock that is wrong by years must not make an index of its own for each of its days.
  const isUsual = time > created - 366 * DAY && time < created + 2 * DAY;
  return isUsual ? eventTexts.day(time) : readingTexts.day(created);
}

/** The index of the entry: one a day of the events' time. A time that is years off counts as the day of reading. */
export function indexOf(entry: LogEntry): string {
  return `valtronics-logs-${indexDay(entry)}`;
}

function clientOf(address: string | undefined): object | undefined {
  if (address === undefined) return undefined;
  return isIP(address) === 0 ? { address } : { address, ip: address };
}

const nanoseconds = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.round(seconds * 1e9);

function gatewayFields({ upstreamSeconds, overheadSeconds }: LoggedRequest): object | undefined {
  if (upstreamSeconds === undefined && overheadSeconds === undefined) return undefined;
  return {
    upstream_duration: nanoseconds(upstreamSeconds),
    overhead_duration: nanoseconds(overheadSeconds),
  };
}

function requestFields(request: LoggedRequest | undefined, requestId: string | undefined): object {
  if (request === undefined) return requestId === undefined ? {} : { http: { request: { id: requestId } } };
  const { method, url, status, bytes, clientIp, userAgent } = request;
  return {
    http: {
      request: { method, id: requestId },
      response: { status_code: status, body: bytes === undefined ? undefined : { bytes } },
    },
    url: url === undefined ? undefined : { original: url, path: url.split(/[?#]/, 1)[0] },
    client: clientOf(clientIp),
    user_agent: userAgent === undefined ? undefined : { original: userAgent },
    gateway: gatewayFields(request),
  };
}

const errorFields = ({ type, message, stack }: LoggedError): object => ({
  type,
  message,
  stack_trace: stack === '' ? undefined : stack,
});

/**
 * The entry as a document with the names of the Elastic Common Schema. `log.level` is the line's own word;
 * `labels.level`, `labels.category` and the other labels are ours, so that a search gives back what was shipped.
 */
export function toEcs(entry: LogEntry): object {
  const { request, error } = entry;
  return {
    '@timestamp': eventTexts.time(eventTime(entry)),
    message: entry.message,
    ecs: { version: ECS_VERSION },
    log: {
      level: entry.levelText ?? (entry.level === 'UNKNOWN' ? undefined : entry.level),
      logger: entry.logger,
      file: entry.file === undefined ? undefined : { path: entry.file },
      offset: entry.offset,
    },
    service: { name: entry.service },
    event: {
      id: entry.id,
      kind: 'event',
      dataset: entry.dataset,
      created: readingTexts.time(readingTime(entry)),
      duration: nanoseconds(request?.durationSeconds),
      outcome: request?.status === undefined ? undefined : request.status < 400 ? 'success' : 'failure',
      original: entry.raw,
    },
    labels: {
      level: entry.level,
      category: entry.category,
      device_id: entry.deviceId,
      pattern: entry.pattern,
      format: entry.format,
      time_source: entry.timeSource,
      truncated: entry.truncated ? 'true' : undefined,
    },
    trace: entry.traceId === undefined ? undefined : { id: entry.traceId },
    span: entry.spanId === undefined ? undefined : { id: entry.spanId },
    error: error === undefined ? undefined : errorFields(error),
    ...requestFields(request, entry.correlationId),
  };
}

/** What of a document `readLogObject` does not read, or reads in a way of its own. Others' documents may have anything. */
const documentSchema = z.object({
  message: z.string().optional().catch(undefined),
  log: z
    .object({
      level: z.string().optional().catch(undefined),
      file: z.object({ path: z.string() }).optional().catch(undefined),
      offset: z.number().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  event: z
    .object({
      original: z.string().optional().catch(undefined),
      created: z.iso.datetime({ offset: true }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  client: z.object({ address: z.string() }).optional().catch(undefined),
  labels: z
    .object({
      level: z.enum(LOG_LEVELS).optional().catch(undefined),
      category: z.enum(LOG_CATEGORIES).optional().catch(undefined),
      pattern: z.string().optional().catch(undefined),
      format: z.string().optional().catch(undefined),
      time_source: z.enum(TIME_SOURCES).optional().catch(undefined),
      truncated: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** The entry of a document: ours as it was shipped, that of another shipper as far as its names are known. */
export function fromEcs(id: string, source: Readonly<Record<string, unknown>>): LogEntry {
  const { message, log, event, client, labels } = documentSchema.parse(source);
  const parsed: ParsedLine = readLogObject(source) ?? { level: 'UNKNOWN', message: '' };
  const created = event?.created === undefined ? undefined : Date.parse(event.created);
  const timestamp = parsed.time?.at ?? created ?? 0;
  return {
    id,
    timestamp,
    timeSource: labels?.time_source ?? 'line',
    created: created ?? timestamp,
    level: labels?.level ?? parsed.level,
    levelText: log?.level,
    service: parsed.service ?? 'unknown',
    dataset: parsed.dataset ?? 'generic',
    category: labels?.category ?? parsed.category ?? 'application',
    message: message ?? parsed.message,
    logger: parsed.logger,
    deviceId: parsed.deviceId,
    traceId: parsed.traceId,
    spanId: parsed.spanId,
    correlationId: parsed.correlationId,
    request: parsed.request && { ...parsed.request, clientIp: client?.address ?? parsed.request.clientIp },
    error: parsed.error,
    file: log?.file?.path,
    offset: log?.offset,
    raw: event?.original ?? message ?? parsed.message,
    truncated: labels?.truncated === 'true',
    format: labels?.format,
    pattern: labels?.pattern,
  };
}
