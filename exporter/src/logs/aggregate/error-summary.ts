import type { LogEntry } from '../entry.ts';
import { ERROR_CLASSES, type ErrorClass } from './error-class.ts';
import { type HourCounts, hourOf } from './hour-counts.ts';
import type { Pattern } from './pattern.ts';
import { templateOf } from './pattern.ts';
import { ERROR_COLUMNS, type ServiceCounts } from './services.ts';

/** A message with the number of errors that said it. */
export interface TopMessage {
  readonly message: string;
  readonly count: number;
}

/** Errors of a period, under the seed's names. */
export interface ErrorSummary {
  readonly period: string;
  readonly total_errors: number;
  readonly errors_by_service: Readonly<
    Record<
      string,
      { readonly count: number; readonly rate: number; readonly top_messages: readonly TopMessage[] }
    >
  >;
  readonly error_patterns: Readonly<Record<string, number>>;
  readonly top_errors: readonly TopMessage[];
}

const MESSAGES_OF_A_SERVICE = 5;
const MESSAGES_OF_ALL = 10;
/** Messages are told apart by so many characters, as the seed does. */
const MESSAGE_CHARACTERS = 100;
/** Different messages that are counted; more are left out. */
const MOST_MESSAGES = 5000;

/** Counts messages; a tally that cannot grow without end. */
function createMessages() {
  const counts = new Map<string, number>();
  return {
    add: (message: string, by = 1): void => {
      const key = message.slice(0, MESSAGE_CHARACTERS);
      const known = counts.get(key);
      if (known !== undefined || counts.size < MOST_MESSAGES) counts.set(key, (known ?? 0) + by);
    },
    top: (limit: number): TopMessage[] =>
      [...counts]
        .sort((a, b) => b[1] - a[1])
        .slice(0, limit)
        .map(([message, count]) => ({ message, count })),
  };
}

type Messages = ReturnType<typeof createMessages>;

export interface ErrorSources {
  readonly hours: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly services: readonly ServiceCounts[];
  /** Errors by hour, a column a class. */
  readonly classes: HourCounts;
  readonly patterns: Iterable<Pattern>;
  /** The errors of the period where the buffer has them all, else undefined. */
  readonly lines: Iterable<{ readonly entry: LogEntry; readonly errorClass: ErrorClass }> | undefined;
}

interface Counted {
  readonly services: Map<string, { count: number; readonly messages: Messages }>;
  readonly classes: Map<ErrorClass, number>;
  readonly messages: Messages;
}

function countLines(lines: NonNullable<ErrorSources['lines']>, counted: Counted): void {
  for (const { entry, errorClass } of lines) {
    const service = counted.services.get(entry.service) ?? { count: 0, messages: createMessages() };
    counted.services.set(entry.service, service);
    service.count++;
    service.messages.add(entry.message);
    counted.messages.add(entry.message);
    counted.classes.set(errorClass, (counted.classes.get(errorClass) ?? 0) + 1);
  }
}

/** Counts by the hours that the period touches; templates stand for the messages. */
function countHours({ hours, now, services, classes, patterns }: ErrorSources, counted: Counted): void {
  const from = hourOf(now - hours * 3_600_000);
  const to = hourOf(now);
  for (const { name, hours: counts } of services) {
    const count = ERROR_COLUMNS.reduce((sum, column) => sum + counts.sum(column, from, to), 0);
    if (count > 0) counted.services.set(name, { count, messages: createMessages() });
  }
  ERROR_CLASSES.forEach((errorClass, column) =>
    counted.classes.set(errorClass, classes.sum(column, from, to)),
  );
  for (const pattern of patterns) {
    const count = pattern.errorClass === null ? 0 : pattern.hours.sum(0, from, to);
    if (count === 0) continue;
    counted.services.get(pattern.service)?.messages.add(templateOf(pattern), count);
    counted.messages.add(templateOf(pattern), count);
  }
}

/** The seed's `get_error_summary`: from the lines where they are all there, else from the counts by hour. */
export function errorSummary(sources: ErrorSources): ErrorSummary {
  const { hours, lines } = sources;
  const counted: Counted = { services: new Map(), classes: new Map(), messages: createMessages() };
  if (lines === undefined) countHours(sources, counted);
  else countLines(lines, counted);
  const services = [...counted.services].sort(([, a], [, b]) => b.count - a.count);
  return {
    period: `${hours}h`,
    total_errors: services.reduce((sum, [, { count }]) => sum + count, 0),
    errors_by_service: Object.fromEntries(
      services.map(([name, { count, messages }]) => [
        name,
        { count, rate: count / hours, top_messages: messages.top(MESSAGES_OF_A_SERVICE) },
      ]),
    ),
    error_patterns: Object.fromEntries(ERROR_CLASSES.map((name) => [name, counted.classes.get(name) ?? 0])),
    top_errors: counted.messages.top(MESSAGES_OF_ALL),
  };
}
