import type { Look } from './look.ts';

/** How the exporter's process was at one moment. */
export interface Figure {
  /** Milliseconds. */
  readonly at: number;
  /** When its process began, seconds: tells processes apart. */
  readonly process: number;
  readonly rss: number;
  readonly heap: number;
  /** Seconds. */
  readonly lagP99: number;
  readonly lagMax: number;
  readonly files: number;
  /** Duration of Prometheus' last scrape of it, seconds; NaN while there was none. */
  readonly scrape: number;
}

/** The figures of a look; undefined when the exporter did not answer. */
export function figureOf({ at, samples }: Look): Figure | undefined {
  const rss = samples.value('process_resident_memory_bytes');
  if (rss === undefined) return undefined;
  return {
    at,
    rss,
    process: samples.value('process_start_time_seconds') ?? 0,
    heap: samples.value('nodejs_heap_size_used_bytes') ?? NaN,
    lagP99: samples.value('nodejs_eventloop_lag_p99_seconds') ?? NaN,
    lagMax: samples.value('nodejs_eventloop_lag_max_seconds') ?? NaN,
    files: samples.value('process_open_fds') ?? NaN,
    scrape: samples.value('prometheus_scrape_seconds', 'job="valtronics-api"') ?? NaN,
  };
}

/** The value below which that share of the numbers is; NaN without any. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** How a process' memory went. */
export interface Trend {
  /** Minutes that were judged. */
  readonly minutes: number;
  /** Medians of the first and the last third, bytes. */
  readonly early: number;
  readonly late: number;
}

const MINUTE = 60_000;

/**
 * Memory of the process that lived longest, over the last half of its life. Undefined when that is less than so many
 * minutes.
 */
export function memoryTrend(
  figures: readonly Figure[],
  what: 'rss' | 'heap',
  leastMinutes: number,
): Trend | undefined {
  const lives = Map.groupBy(figures, ({ process }) => process);
  const longest = [...lives.values()].sort((a, b) => lengthOf(b) - lengthOf(a))[0] ?? [];
  const half = longest.filter(({ at }) => at >= (longest[0]?.at ?? 0) + lengthOf(longest) / 2);
  const minutes = lengthOf(half) / MINUTE;
  if (minutes < leastMinutes) return undefined;
  const third = Math.floor(half.length / 3);
  const median = (part: readonly Figure[]): number =>
    quantile(
      part.map((figure) => figure[what]),
      0.5,
    );
  return { minutes, early: median(half.slice(0, third)), late: median(half.slice(-third)) };
}

function lengthOf(figures: readonly Figure[]): number {
  return (figures.at(-1)?.at ?? 0) - (figures[0]?.at ?? 0);
}
