import type { RangeSelector, Selector } from './expression.ts';
import { type Inner, momentOf, type Series } from './source.ts';
import { PAUSE_EVERY, type Sample, type Vector, type Window, type Work } from './value.ts';

/** The series that the selector finds, with their names; pauses on its way. */
function* seriesOf(
  { metric, names, matchers }: Selector,
  { source, count }: Inner,
): Work<readonly (readonly [string, Series])[]> {
  const found: (readonly [string, Series])[] = [];
  const metrics = metric === undefined ? (source.metrics?.() ?? []) : [metric];
  let looked = 0;
  for (const name of metrics) {
    if (!names.every(({ matches }) => matches(name))) continue;
    for (const series of source.series(name)) {
      if (++looked % PAUSE_EVERY === 0) {
        count(PAUSE_EVERY);
        yield;
      }
      const { labels } = series;
      if (matchers.every(({ label, matches }) => matches(labels[label] ?? ''))) found.push([name, series]);
    }
  }
  return found;
}

/** Index of the sample that shows at the time, -1 where the series has ended or the sample is too old. */
function shownAt(series: Series, at: number, { lookback, leftOpen }: Inner): number {
  const index = series.indexAt(at);
  if (index < 0 || series.ended(index)) return -1;
  const oldest = at - lookback;
  const time = series.time(index);
  return time < oldest || (leftOpen === true && time === oldest) ? -1 : index;
}

/** The newest sample of each series, unless the series has ended or the sample is too old. */
export function* selectInstant(selector: Selector, context: Inner): Work<Vector> {
  const at = momentOf(selector, context.time, context.asked);
  const samples: Sample[] = [];
  for (const [position, [name, series]] of (yield* seriesOf(selector, context)).entries()) {
    if (position % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const index = shownAt(series, at, context);
    if (index < 0) continue;
    samples.push({ name, labels: series.labels, value: series.value(index), time: series.time(index) });
  }
  return samples;
}

/** The samples of each series in the range. Pauses within long ones, too. */
export function* selectRange({ selector, range }: RangeSelector, context: Inner): Work<readonly Window[]> {
  const end = momentOf(selector, context.time, context.asked);
  const start = end - range;
  const windows: Window[] = [];
  let looked = 0;
  for (const [name, series] of yield* seriesOf(selector, context)) {
    const times: number[] = [];
    const values: number[] = [];
    const last = series.indexAt(end);
    let first = Math.max(0, series.indexAt(start));
    while (
      first <= last &&
      (context.leftOpen === true ? series.time(first) <= start : series.time(first) < start)
    )
      first += 1;
    context.count(Math.max(0, last - first + 1));
    for (let index = first; index <= last; index += 1) {
      if (++looked % (PAUSE_EVERY * 16) === 0) yield;
      if (series.ended(index)) continue;
      times.push(series.time(index));
      values.push(series.value(index));
    }
    if (++looked % PAUSE_EVERY === 0) yield;
    if (times.length > 0) windows.push({ name, labels: series.labels, times, values });
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
  context: Inner,
): Work<readonly Window[]> {
  const windows: Window[] = [];
  let looked = 0;
  for (const [name, series] of yield* seriesOf(selector, context)) {
    const times: number[] = [];
    const values: number[] = [];
    context.count(Math.max(0, Math.floor((last - first) / step) + 1));
    for (let time = first; time <= last; time += step) {
      if (++looked % (PAUSE_EVERY * 16) === 0) yield;
      const index = shownAt(series, momentOf(selector, time, context.asked), context);
      if (index < 0) continue;
      times.push(time);
      values.push(series.value(index));
    }
    if (times.length > 0) windows.push({ name, labels: series.labels, times, values });
  }
  return windows;
}
