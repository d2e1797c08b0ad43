import { type Labels, PAUSE_EVERY, type SampleSource, type Work } from '@valtronics/promql';
import { HistorySeries, LatestSeries, type StoredSeries } from './series.ts';

export interface SampleStoreOptions {
  /** The metrics to keep, with the milliseconds of history of each; 0: the newest sample is enough. */
  readonly keep: ReadonlyMap<string, number>;
  /** Most series of all metrics. */
  readonly maxSeries: number;
  /** Most samples that room is taken for. */
  readonly maxSamples: number;
}

/** Who writes: a scrape, or one recording rule. What it wrote before and not this time has ended. */
export interface SampleWriter {
  /** Begins a round at the time, milliseconds since the epoch. */
  begin(time: number): void;
  /** Adds a sample. `key` is the writer's own name of the series; its labels are asked for when it is new. */
  put(key: string, metric: string, labels: () => Labels, value: number): void;
  /** Ends the round; pauses now and then. */
  finish(): Work<void>;
}

/** The samples that rules look at, in memory and bounded. */
export interface SampleStore extends SampleSource {
  /** Whether samples of the metric are kept. */
  keeps(metric: string): boolean;
  /** Metrics that were given up because they need more room than there is: rules on them would be wrong. */
  readonly givenUp: ReadonlySet<string>;
  readonly size: { readonly series: number; readonly samples: number };
  writer(): SampleWriter;
}

interface Entry {
  readonly metric: string;
  readonly series: StoredSeries;
  written: number;
}

export function createSampleStore({ keep, maxSeries, maxSamples }: SampleStoreOptions): SampleStore {
  const byMetric = new Map<string, Set<StoredSeries>>();
  const givenUp = new Set<string>();
  let seriesCount = 0;
  let samples = 0;

  function giveUp(metric: string): void {
    givenUp.add(metric);
    for (const series of byMetric.get(metric) ?? []) {
      seriesCount -= 1;
      samples -= series.room;
    }
    byMetric.delete(metric);
  }

  function add(metric: string, history: number, labels: Labels): StoredSeries {
    const series = history > 0 ? new HistorySeries(labels, history) : new LatestSeries(labels);
    const all = byMetric.get(metric) ?? new Set();
    all.add(series);
    byMetric.set(metric, all);
    seriesCount += 1;
    samples += series.room;
    if (seriesCount > maxSeries || samples > maxSamples) giveUp(metric);
    return series;
  }

  function append({ metric, series }: Entry, time: number, value: number): void {
    const before = series.room;
    series.append(time, value);
    samples += series.room - before;
    if (samples > maxSamples) giveUp(metric);
  }

  function remove({ metric, series }: Entry): void {
    if (byMetric.get(metric)?.delete(series) !== true) return;
    seriesCount -= 1;
    samples -= series.room;
  }

  function writer(): SampleWriter {
    const own = new Map<string, Entry>();
    let now = NaN;

    function put(key: string, metric: string, labels: () => Labels, value: number): void {
      const history = keep.get(metric);
      if (history === undefined || givenUp.has(metric)) return;
      let entry = own.get(key);
      if (entry === undefined) {
        entry = { metric, series: add(metric, history, labels()), written: now };
        // A copy: the key may be cut from a large text, which it would keep alive.
        own.set(Buffer.from(key, 'utf8').toString('utf8'), entry);
        if (givenUp.has(metric)) return;
      }
      entry.written = now;
      append(entry, now, value);
    }

    function* finish(): Work<void> {
      let looked = 0;
      for (const [key, entry] of own) {
        if (++looked % (PAUSE_EVERY * 16) === 0) yield;
        const isGone = givenUp.has(entry.metric) || (entry.written !== now && !entry.series.end(now));
        if (!isGone) continue;
        remove(entry);
        own.delete(key);
      }
    }

    return { begin: (time) => (now = time), put, finish };
  }

  return {
    series: (metric) => byMetric.get(metric) ?? [],
    keeps: (metric) => keep.has(metric) && !givenUp.has(metric),
    givenUp,
    get size() {
      return { series: seriesCount, samples };
    },
    writer,
  };
}
