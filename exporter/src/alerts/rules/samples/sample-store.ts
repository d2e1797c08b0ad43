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
  /** Whether samples of the metric are asked for. */
  keeps(metric: string): boolean;
  /**
   * Metrics that are given up because they need more room than there is: rules on them would be wrong. The biggest go
   * first, and come back once there is room.
   */
  readonly givenUp: Pick<ReadonlyMap<string, unknown>, 'has' | 'keys'>;
  readonly size: { readonly series: number; readonly samples: number };
  writer(): SampleWriter;
  /** Says that everybody has written once: what was given up comes back where it fits now. */
  endRound(): void;
  /** Moves every sample in time, after the wall clock was set; milliseconds. */
  shift(by: number): void;
}

interface Entry {
  readonly metric: string;
  readonly series: StoredSeries;
  written: number;
}

/** A metric that is given up, with what it would need. */
interface GivenUp {
  /** Samples that its series took when it was given up. */
  readonly room: number;
  /** Series that were seen since the last round began, and in the round before. */
  seen: number;
  seenBefore: number;
}

/** A metric comes back only where it leaves this share of the limits free: else it would come and go. */
const FREE = 0.1;

export function createSampleStore({ keep, maxSeries, maxSamples }: SampleStoreOptions): SampleStore {
  const byMetric = new Map<string, Set<StoredSeries>>();
  const givenUp = new Map<string, GivenUp>();
  let seriesCount = 0;
  let samples = 0;

  const roomOf = (all: Iterable<StoredSeries>): number => [...all].reduce((sum, { room }) => sum + room, 0);

  function giveUp(metric: string): void {
    const all = byMetric.get(metric) ?? new Set();
    const room = roomOf(all);
    givenUp.set(metric, { room, seen: all.size, seenBefore: all.size });
    seriesCount -= all.size;
    samples -= room;
    byMetric.delete(metric);
  }

  /** Gives up the biggest until the rest fits. */
  function makeRoom(): void {
    while (seriesCount > maxSeries || samples > maxSamples) {
      const size = seriesCount > maxSeries ? (all: Set<StoredSeries>) => all.size : roomOf;
      const [biggest] = [...byMetric]
        .map(([metric, all]) => ({ metric, size: size(all) }))
        .sort((a, b) => b.size - a.size);
      if (biggest === undefined) return;
      giveUp(biggest.metric);
    }
  }

  /** Takes up again what fits now, the smallest first; its series come with the next round. */
  function takeBack(): void {
    const waiting = [...givenUp].sort(([, a], [, b]) => a.seenBefore - b.seenBefore);
    let [series, taken] = [seriesCount, samples];
    for (const [metric, { room, seenBefore }] of waiting) {
      series += seenBefore;
      taken += room;
      if (series > maxSeries * (1 - FREE) || taken > maxSamples * (1 - FREE)) return;
      givenUp.delete(metric);
    }
  }

  function add(metric: string, history: number, labels: Labels): StoredSeries {
    const series = history > 0 ? new HistorySeries(labels, history) : new LatestSeries(labels);
    const all = byMetric.get(metric) ?? new Set();
    all.add(series);
    byMetric.set(metric, all);
    seriesCount += 1;
    samples += series.room;
    makeRoom();
    return series;
  }

  function append({ metric, series }: Entry, time: number, value: number): void {
    const before = series.room;
    series.append(time, value);
    if (givenUp.has(metric)) return;
    samples += series.room - before;
    makeRoom();
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
      if (history === undefined) return;
      const missing = givenUp.get(metric);
      if (missing !== undefined) {
        missing.seen += 1;
        return;
      }
      let entry = own.get(key);
      // What was given up and came back has new series.
      if (entry === undefined || byMetric.get(metric)?.has(entry.series) !== true) {
        entry = { metric, series: add(metric, history, labels()), written: now };
        // A copy: the key may be cut from a large text, which it would keep alive.
        own.set(Buffer.from(key, 'utf8').toString('utf8'), entry);
        if (givenUp.has(metric)) return;
      }
      entry.written = now;
      append(entry, now, value);
    }

    function begin(time: number): void {
      now = time;
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

    return { begin, put, finish };
  }

  return {
    series: (metric) => byMetric.get(metric) ?? [],
    metrics: () => byMetric.keys(),
    keeps: (metric) => keep.has(metric),
    givenUp,
    get size() {
      return { series: seriesCount, samples };
    },
    writer,
    endRound: () => {
      takeBack();
      for (const missing of givenUp.values()) [missing.seenBefore, missing.seen] = [missing.seen, 0];
    },
    shift: (by) => {
      for (const all of byMetric.values()) for (const series of all) series.shift(by);
    },
  };
}
