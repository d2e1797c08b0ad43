import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { LogEntry } from '../entry.ts';
import { type Answers, createAnswers } from './answers.ts';
import { type LogDocument, patternsOf, toDocument, type WrittenLogDocument } from './document.ts';
import { ERROR_CLASSES } from './error-class.ts';
import { countedHour, createHourCounts } from './hour-counts.ts';
import { createLineBuffer } from './line-buffer.ts';
import { createLogMetrics } from './log-metrics.ts';
import type { Pattern } from './pattern.ts';
import { createPatternStore } from './pattern-store.ts';
import { HEALTH_MINUTES, healthOf } from './service-health.ts';
import { countEntry, createServices, type ServiceCounts } from './services.ts';
import { createTopErrors } from './top-errors.ts';

/** Characters of text that the buffer holds at most, however long the lines are. */
const BUFFER_CHARACTERS = 64 * 1024 * 1024;

/** An entry with what it will be counted for. */
export interface MinedEntry {
  /** With the id of its pattern. */
  readonly entry: LogEntry;
  readonly pattern: Pattern;
  readonly service: ServiceCounts;
}

/** Every line that was read, counted, and kept as far as there is room: the seed's `LogAggregator`. */
export interface Aggregate extends Answers {
  /** Finds the entry's pattern. Counts nothing: whoever keeps it elsewhere may still refuse it. */
  mine(entry: LogEntry): MinedEntry;
  /** Counts the entry and keeps it; returns it with the id that its pattern has now. */
  add(mined: MinedEntry): LogEntry;
  /**
   * Puts entries of an earlier run back, oldest first; those that the document does not know yet are counted, too. No
   * metric counts them, nor the health of now.
   */
  refill(entries: Iterable<LogEntry>): void;
  /** Publishes the health scores and the commonest errors. */
  update(): void;
  /** Takes away what was published. */
  withdraw(): void;
  /** What survives a restart: `logDocumentSchema` reads it again. */
  document(): WrittenLogDocument;
}

export interface AggregateOptions {
  /** Lines that are kept. */
  readonly capacity: number;
  readonly patternsPerService: number;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'counter' | 'publish' | 'withdraw'>;
  /** What an earlier run left. */
  readonly document?: LogDocument | undefined;
}

function following(entry: LogEntry, pattern: string): LogEntry {
  return entry.pattern === pattern ? entry : { ...entry, pattern };
}

export function createAggregate(options: AggregateOptions): Aggregate {
  const { capacity, patternsPerService, clock, document } = options;
  const buffer = createLineBuffer({ capacity, characters: BUFFER_CHARACTERS });
  const services = createServices(document?.services);
  const classes = createHourCounts(ERROR_CLASSES.length, document?.classes.hours);
  const metrics = createLogMetrics(options.metrics);
  const topErrors = createTopErrors();
  const patterns = createPatternStore({
    patternsPerService,
    patterns: document === undefined ? [] : patternsOf(document),
  });
  /** Of lines up to this time the counts of an earlier run may know more than the buffer. */
  let countedEarlier = document === undefined ? -Infinity : document.savedAt;

  /** Counts an entry; one of an earlier run is no news of now. */
  function count({ entry, service, ...mined }: MinedEntry, isNow: boolean): LogEntry {
    countEntry(service, entry);
    const hour = countedHour(entry.timestamp, entry.created);
    // It may have given way to the patterns of entries that were mined after this one.
    const pattern = mined.pattern.gone ? patterns.mine(entry, service.name) : mined.pattern;
    const isNew = patterns.count(entry, pattern, hour);
    const { errorClass } = pattern;
    if (hour !== undefined && errorClass !== null) classes.add(hour, ERROR_CLASSES.indexOf(errorClass));
    if (isNow) {
      service.minutes.add(clock.monotonic(), errorClass === null ? undefined : pattern);
      metrics.entry(service.name, entry.level, entry.format !== undefined);
      if (errorClass !== null) metrics.error(errorClass);
      if (isNew) metrics.newPattern(service.name);
    }
    return following(entry, pattern.id);
  }

  function mine(entry: LogEntry): MinedEntry {
    const service = services.of(entry.service, entry.created);
    const pattern = patterns.mine(entry, service.name);
    return { entry: following(entry, pattern.id), pattern, service };
  }

  return {
    ...createAnswers({
      ...{ buffer, capacity, services, classes, patterns, clock },
      run: randomBytes(6).toString('hex'),
      lostUpTo: () => Math.max(countedEarlier, buffer.pushedOutUpTo),
    }),
    mine,
    add: (mined) => {
      const counted = count(mined, true);
      buffer.add(counted);
      return counted;
    },
    refill: (entries) => {
      let first: number | undefined;
      for (const entry of entries) {
        first ??= entry.timestamp;
        const isKnown = document !== undefined && entry.created <= document.savedAt;
        const mined = mine(entry);
        buffer.add(isKnown ? mined.entry : count(mined, false));
      }
      if (first !== undefined) countedEarlier = Math.min(countedEarlier, first);
    },
    update: () => {
      const now = clock.monotonic();
      const scores = services.all().flatMap((service): [string, number][] => {
        const { health_score: score } = healthOf(service, now, HEALTH_MINUTES);
        return score === null ? [] : [[service.name, score]];
      });
      metrics.health(new Map(scores));
      metrics.topErrors(topErrors.samples(services.all(), now));
    },
    withdraw: metrics.withdraw,
    document: () =>
      toDocument({ now: clock.wall(), services: services.all(), classes, patterns: patterns.all() }),
  };
}
