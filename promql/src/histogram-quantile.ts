import { requireDistinct } from './distinct.ts';
import { type Named, namedKey, omitLabels } from './labels.ts';
import type { Sample, Vector, Work } from './value.ts';
import { PAUSE_EVERY } from './value.ts';

interface Bucket {
  readonly bound: number;
  count: number;
}

/** Upper bound of a bucket's label; undefined when it is no number. */
function boundOf(text: string): number | undefined {
  // Go takes underscores between digits.
  const le = text.replace(/(?<=\d)_(?=\d)/g, '');
  if (/^\+?inf(?:inity)?$/i.test(le)) return Infinity;
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(le)) return undefined;
  const bound = Number(le);
  return Number.isFinite(bound) ? bound : undefined;
}

/** Buckets in order; equal bounds become one, and none counts less than the one before. */
function inOrder(buckets: readonly Bucket[]): Bucket[] {
  const sorted: Bucket[] = [];
  for (const { bound, count } of buckets.toSorted((a, b) => a.bound - b.bound)) {
    const last = sorted.at(-1);
    if (last?.bound === bound) last.count += count;
    else sorted.push({ bound, count });
  }
  let most = 0;
  for (const [index, bucket] of sorted.entries()) {
    if (index === 0 || bucket.count > most) most = bucket.count;
    else if (bucket.count < most) bucket.count = most;
  }
  return sorted;
}

/** The quantile of a classic histogram, in proportion inside the bucket where it falls. */
function bucketQuantile(q: number, given: readonly Bucket[]): number {
  if (Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  const buckets = inOrder(given);
  const last = buckets.at(-1);
  if (last?.bound !== Infinity || buckets.length < 2) return NaN;
  if (last.count === 0) return NaN;
  const rank = q * last.count;
  // By halves, which decides what a count that is no number leads to.
  let index = 0;
  for (let above = buckets.length - 1; index < above;) {
    const middle = (index + above) >>> 1;
    if ((buckets[middle]?.count ?? NaN) >= rank) above = middle;
    else index = middle + 1;
  }
  const bucket = buckets[index] ?? last;
  const before = buckets[index - 1];
  if (bucket === last) return before?.bound ?? NaN;
  if (before === undefined && bucket.bound <= 0) return bucket.bound;
  const start = before?.bound ?? 0;
  const below = before?.count ?? 0;
  return start + (bucket.bound - start) * ((rank - below) / (bucket.count - below));
}

/** `histogram_quantile`: series that differ in `le` alone are one histogram. */
export function* histogramQuantile(q: number, vector: Vector, time: number): Work<Vector> {
  const groups = new Map<string, Named & { readonly buckets: Bucket[] }>();
  for (const [index, sample] of vector.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const bound = boundOf(sample.labels['le'] ?? '');
    if (bound === undefined) continue;
    const { name } = sample;
    const labels = omitLabels(sample.labels, ['le']);
    const key = namedKey({ name, labels });
    const group = groups.get(key) ?? { name, labels, buckets: [] };
    group.buckets.push({ bound, count: sample.value });
    groups.set(key, group);
  }
  const samples: Sample[] = [];
  for (const { labels, buckets } of groups.values()) {
    yield;
    samples.push({ name: '', labels, value: bucketQuantile(q, buckets), time });
  }
  return yield* requireDistinct(samples, vector);
}
