import type { LogCategory, LogEntry, LogLevel } from '../entry.ts';

/** What lines, patterns and trends may be narrowed by; what is left out narrows nothing. */
export interface LineFilter {
  /** Part of the message or of the raw text, in any case. */
  readonly text?: string | undefined;
  /** Looks for the text in messages alone: for who may not see the raw text. */
  readonly messagesOnly?: boolean | undefined;
  readonly services?: readonly string[] | undefined;
  readonly levels?: readonly LogLevel[] | undefined;
  readonly category?: LogCategory | undefined;
  readonly deviceId?: string | undefined;
  readonly traceId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** Id of a pattern, now or before it became wider. */
  readonly pattern?: string | undefined;
  /** Ids of patterns that are left out. */
  readonly hiddenPatterns?: readonly string[] | undefined;
  /** Milliseconds since the epoch: at this time or later. */
  readonly from?: number | undefined;
  /** Milliseconds since the epoch: before this time. */
  readonly to?: number | undefined;
}

/** Whether counts by hour, service and level can answer the filter; anything else needs the lines themselves. */
export function needsLines(filter: LineFilter): boolean {
  const { text, category, deviceId, traceId, correlationId, pattern, hiddenPatterns } = filter;
  const parts = [text, category, deviceId, traceId, correlationId, pattern, hiddenPatterns];
  return parts.some((value) => value !== undefined);
}

/** A literal text in any case. */
function containing(text: string): (value: string) => boolean {
  const expression = new RegExp(text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
  return (value) => expression.test(value);
}

/** Tells which entries pass; `idsOf` gives all ids that mean the pattern of an id. */
export function lineMatcher(
  filter: LineFilter,
  idsOf: (pattern: string) => readonly string[],
): (entry: LogEntry) => boolean {
  const checks: ((entry: LogEntry) => boolean)[] = [];
  const {
    text,
    messagesOnly,
    services,
    levels,
    category,
    deviceId,
    traceId,
    correlationId,
    pattern,
    hiddenPatterns,
    from,
    to,
  } = filter;
  if (from !== undefined) checks.push((entry) => entry.timestamp >= from);
  if (to !== undefined) checks.push((entry) => entry.timestamp < to);
  if (services !== undefined) checks.push((entry) => services.includes(entry.service));
  if (levels !== undefined) checks.push((entry) => levels.includes(entry.level));
  if (category !== undefined) checks.push((entry) => entry.category === category);
  if (deviceId !== undefined) checks.push((entry) => entry.deviceId === deviceId);
  if (traceId !== undefined) checks.push((entry) => entry.traceId === traceId);
  if (correlationId !== undefined) checks.push((entry) => entry.correlationId === correlationId);
  if (pattern !== undefined) {
    const ids = new Set(idsOf(pattern));
    checks.push((entry) => entry.pattern !== undefined && ids.has(entry.pattern));
  }
  if (hiddenPatterns !== undefined) {
    const ids = new Set(hiddenPatterns.flatMap(idsOf));
    checks.push((entry) => entry.pattern === undefined || !ids.has(entry.pattern));
  }
  if (text !== undefined) {
    const contains = containing(text);
    checks.push((entry) => contains(entry.message) || (messagesOnly !== true && contains(entry.raw)));
  }
  return (entry) => checks.every((check) => check(entry));
}
