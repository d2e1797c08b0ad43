import { useCallback } from 'react';
import type { LogStatistics } from '../../api/logShapes';
import type { LogQuery, LogsClient } from '../../api/logsClient';
import type { Span } from '../../api/prometheusClient';
import type { DeadLetter, LogPattern, LogServiceHealth, LogTrends } from '../../domain/logs/logEntry';
import type { LogFilter } from '../../domain/logs/logFilter';
import { bucketLength } from '../../features/alerts/history/historyBuckets';
import { readLogFilter } from '../../features/logs/logsAddress';
import { useAnswer, type Answer } from '../../kit/answer';
import { useApp } from '../../kit/app/appContext';
import { useSame } from '../../kit/useSame';
import type { PageTime } from '../../kit/time/usePageTime';

/** Patterns that are asked for; the rest is counted. */
const MOST_PATTERNS = 500;
/** Refused lines that are shown, and sent again at once. */
const MOST_LETTERS = 100;
const HOUR = 3_600_000;
/** Longer spans are counted by whole hours: these counts reach back further than the lines that are kept. */
const LONGEST_BY_LINES = 12 * HOUR;

/** What is known of the lines beside the lines themselves. */
export interface LogOverview {
  readonly statistics: LogStatistics;
  /** The worst first. */
  readonly health: readonly LogServiceHealth[];
  readonly trends: LogTrends;
  readonly patterns: readonly LogPattern[];
  /** How many patterns there are, shown or not. */
  readonly patternCount: number;
  /** The newest lines that the log store refused, and whether these are all. */
  readonly refused: { readonly items: readonly DeadLetter[]; readonly complete: boolean };
}

/** How long a bar is for the span, milliseconds. */
export function trendStep(span: Span): number {
  const length = bucketLength(span);
  if (span.to - span.from < LONGEST_BY_LINES) return length;
  return Math.ceil(length / HOUR) * HOUR;
}

/** What may need somebody comes first: errors, warnings, then the rest; of each what is new, then what is frequent. */
export function comparePatterns(a: LogPattern, b: LogPattern): number {
  const rank = ({ level }: LogPattern): number => {
    if (level === 'CRITICAL' || level === 'ERROR') return 0;
    return level === 'WARNING' ? 1 : 2;
  };
  return rank(a) - rank(b) || Number(b.isNew) - Number(a.isNew) || b.count - a.count;
}

/**
 * Lines by level over the span. Where the exporter has not kept its lines for so long, whole hours are asked for as well,
 * and shown when they reach further back.
 */
export async function loadTrends(logs: LogsClient, query: LogQuery & { span: Span }, signal: AbortSignal) {
  const step = trendStep(query.span);
  const fine = await logs.trends(query, step, signal);
  const isShort = fine.oldest !== null && fine.oldest > query.span.from;
  if (!isShort || step >= HOUR || query.span.to - query.span.from < 2 * HOUR) return fine;
  const coarse = await logs.trends(query, HOUR, signal);
  // An hour begins before its first line.
  const isLonger = coarse.oldest !== null && coarse.oldest + HOUR <= fine.oldest;
  return isLonger ? coarse : fine;
}

async function loadOverview(
  logs: LogsClient,
  filter: LogFilter,
  span: Span,
  signal: AbortSignal,
): Promise<LogOverview> {
  const query = { filter, span };
  const [statistics, health, trends, patterns, refused] = await Promise.all([
    logs.statistics(signal),
    logs.health(signal),
    loadTrends(logs, query, signal),
    logs.patterns(query, MOST_PATTERNS, signal),
    logs.deadLetters(MOST_LETTERS, signal),
  ]);
  return {
    ...{ statistics, health, trends, refused },
    patterns: [...patterns.items].sort(comparePatterns),
    patternCount: patterns.total,
  };
}

/** Services, bars and patterns of the filter and the page's range. */
export function useLogOverview(filter: LogFilter, { range, tick }: PageTime): Answer<LogOverview> {
  const { clients } = useApp();
  const load = useCallback(
    (signal: AbortSignal) =>
      loadOverview(clients.logs, filter, { from: range.from.valueOf(), to: range.to.valueOf() }, signal),
    [clients, filter, range],
  );
  return useAnswer(load, tick);
}

/** The filter of the address: the same object as long as it says the same. */
export function useLogFilter(query: URLSearchParams): LogFilter {
  return useSame(readLogFilter(query));
}
