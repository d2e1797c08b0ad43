import type { RangeSelector, Selector } from './expression.ts';
import type { Context, Series } from './source.ts';
import { PAUSE_EVERY, type Sample, type Vector, type Window, type Work } from './value.ts';

function isSelected({ matchers }: Selector, { labels }: Series): boolean {
  return matchers.every(({ label, matches }) => matches(labels[label] ?? ''));
}

/** The newest sample of each series, unless the series has ended or the sample is too old. */
export function* selectInstant(selector: Selector, context: Context): Work<Vector> {
  const { metric, offset } = selector;
  const at = context.time - offset;
  const samples: Sample[] = [];
  let looked = 0;
  for (const series of context.source.series(metric)) {
    if (++looked % PAUSE_EVERY === 0) yield;
    const index = series.indexAt(at);
    if (index < 0 || series.ended(index) || series.time(index) < at - context.lookback) continue;
    if (!isSelected(selector, series)) continue;
    samples.push({
      name: metric,
      labels: series.labels,
      value: series.value(index),
      time: series.time(index),
    });
  }
  return samples;
}

/** Windows are closed at both ends, as in Prometheus 2. */
function windowOf(name: string, series: Series, start: number, end: number): Window | undefined {
  const times: number[] = [];
  const values: number[] = [];
  const last = series.indexAt(end);
  let first = series.indexAt(start);
  if (first < 0 || series.time(first) < start) first += 1;
  for (let index = first; index <= last; index += 1) {
    if (series.ended(index)) continue;
    times.push(series.time(index));
    values.push(series.value(index));
  }
  return times.length === 0 ? undefined : { name, labels: series.labels, times, values };
}

/** The samples of each series in the range. */
export function* selectRange({ selector, range }: RangeSelector, context: Context): Work<readonly Window[]> {
  const end = context.time - selector.offset;
  const windows: Window[] = [];
  let looked = 0;
  for (const series of context.source.series(selector.metric)) {
    if (++looked % PAUSE_EVERY === 0) yield;
    if (!isSelected(selector, series)) continue;
    const window = windowOf(selector.metric, series, end - range, end);
    if (window !== undefined) windows.push(window);
  }
  return windows;
}

/** Moments in milliseconds since the epoch: from `first` on, each `step` later, until `last`. */
export interface Steps {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

/** What the selector gives at each step: the same as selecting again and again, in one pass of each series. */
export function* selectSteps(
  selector: Selector,
  { first, last, step }: Steps,
  { source, lookback }: Context,
): Work<readonly Window[]> {
  const windows: Window[] = [];
  let looked = 0;
  for (const series of source.series(selector.metric)) {
    if (++looked % PAUSE_EVERY === 0) yield;
    if (!isSelected(selector, series)) continue;
    const times: number[] = [];
    const values: number[] = [];
    for (let time = first; time <= last; time += step) {
      if (++looked % (PAUSE_EVERY * 16) === 0) yield;
      const at = time - selector.offset;
      const index = series.indexAt(at);
      if (index < 0 || series.ended(index) || series.time(index) < at - lookback) continue;
      times.push(time);
      values.push(series.value(index));
    }
    if (times.length > 0) windows.push({ name: selector.metric, labels: series.labels, times, values });
  }
  return windows;
}
