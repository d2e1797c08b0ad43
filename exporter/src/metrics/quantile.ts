import type { Sample } from './family.ts';

/** A histogram's bounds and cumulative counts, all its series added up; the last bound is Infinity. */
export interface Buckets {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

/** Adds up the series of a histogram family. */
export function bucketsOf(samples: readonly Sample[]): Buckets {
  const byBound = new Map<number, number>();
  for (const { suffix, labels, value } of samples) {
    if (suffix !== '_bucket') continue;
    const bound = labels['le'] === '+Inf' ? Infinity : Number(labels['le']);
    byBound.set(bound, (byBound.get(bound) ?? 0) + value);
  }
  const sorted = [...byBound].sort(([a], [b]) => a - b);
  return { bounds: sorted.map(([bound]) => bound), counts: sorted.map(([, count]) => count) };
}

/**
 * The quantile as Prometheus' `histogram_quantile` estimates it: linear inside a bucket, the last finite
 * bound for what lies above. Undefined without observations.
 */
export function quantile(rank: number, { bounds, counts }: Buckets): number | undefined {
  const total = counts.at(-1) ?? 0;
  if (total === 0) return undefined;
  const wanted = rank * total;
  const index = counts.findIndex((count) => count >= wanted);
  const upper = bounds[index] ?? Infinity;
  const lower = bounds[index - 1] ?? 0;
  if (upper === Infinity) return lower;
  const below = counts[index - 1] ?? 0;
  const inside = (counts[index] ?? 0) - below;
  return inside === 0 ? upper : lower + ((upper - lower) * (wanted - below)) / inside;
}
