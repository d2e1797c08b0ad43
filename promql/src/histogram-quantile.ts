import { labelsKey, omitLabels, type Labels } from './labels.ts';
import type { Sample, Vector, Work } from './value.ts';
import { PAUSE_EVERY } from './value.ts';

interface Bucket {
  readonly bound: number;
  count: number;
}

/** Upper bound of a bucket's label; undefined when it is no number. */
function boundOf(le: string): number | undefined {
  if (/^\+?inf$/i.test(le)) return Infinity;
  const bound = Number(le);
  return le.trim() === '' || Number.isNaN(bound) ? undefined : bound;
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
export function bucketQuantile(q: number, given: readonly Bucket[]): number {
  if (Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  const buckets = inOrder(given);
  const last = buckets.at(-1);
  if (last?.bound !== Infinity || buckets.length < 2) return NaN;
  if (last.count === 0 || Number.isNaN(last.count)) return NaN;
  const rank = q * last.count;
  const found = buckets.slice(0, -1).findIndex(({ count }) => count >= rank);
  const index = found < 0 ? buckets.length - 1 : found;
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
  const groups = new Map<string, { readonly labels: Labels; readonly buckets: Bucket[] }>();
  for (const [index, sample] of vector.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const bound = boundOf(sample.labels['le'] ?? '');
    if (bound === undefined) continue;
    const labels = omitLabels(sample.labels, ['le']);
    const key = labelsKey(labels);
    const group = groups.get(key) ?? { labels, buckets: [] };
    group.buckets.push({ bound, count: sample.value });
    groups.set(key, group);
  }
  return [...groups.values()].map(({ labels, buckets }): Sample => ({
    name: '',
    labels,
    value: bucketQuantile(q, buckets),
    time,
  }));
}
