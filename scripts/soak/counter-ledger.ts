import type { Samples } from './samples.ts';

const STARTED = 'process_start_time_seconds';

/** What counters of the exporter add up to over its restarts, each of which begins them anew. */
export interface CounterLedger {
  add(samples: Samples): void;
  /** The family's sum over series whose labels have that text in them, and over all processes. */
  total(family: string, labels?: string): number;
  /** The totals as exposition text. */
  text(): string;
  /** How many processes were seen. */
  readonly processes: number;
}

/** Whether the series, or the family, counts. */
export function isCounter(series: string): boolean {
  return /^\w+_total(\{|$)/.test(series);
}

export function createCounterLedger(): CounterLedger {
  const before = new Map<string, number>();
  const totals = new Map<string, number>();
  let started: number | undefined;
  let processes = 0;
  return {
    add(samples) {
      const present = samples.value(STARTED);
      if (present === undefined) return;
      if (present !== started) {
        before.clear();
        started = present;
        processes += 1;
      }
      for (const [series, value] of samples.each()) {
        if (!isCounter(series)) continue;
        const rise = value - (before.get(series) ?? 0);
        // An older look at the same process, as Prometheus keeps it for a while.
        if (rise <= 0 && totals.has(series)) continue;
        totals.set(series, (totals.get(series) ?? 0) + rise);
        before.set(series, value);
      }
    },
    total: (family, labels = '') =>
      [...totals]
        .filter(
          ([series]) => (series === family || series.startsWith(`${family}{`)) && series.includes(labels),
        )
        .reduce((sum, [, value]) => sum + value, 0),
    text: () => [...totals].map(([series, total]) => `${series} ${total}`).join('\n'),
    get processes() {
      return processes;
    },
  };
}
