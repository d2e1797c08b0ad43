import type { Matching, SetOperator } from './expression.ts';
import { keyOf, type Labels } from './labels.ts';
import { PAUSE_EVERY, type Sample, type Vector, type Work } from './value.ts';

function* keysOf(vector: Vector, key: (labels: Labels) => string): Work<Set<string>> {
  const keys = new Set<string>();
  for (const [index, { labels }] of vector.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    keys.add(key(labels));
  }
  return keys;
}

function* filterByKey(
  vector: Vector,
  keys: ReadonlySet<string>,
  key: (labels: Labels) => string,
  wanted: boolean,
): Work<Sample[]> {
  const samples: Sample[] = [];
  for (const [index, sample] of vector.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    if (keys.has(key(sample.labels)) === wanted) samples.push(sample);
  }
  return samples;
}

/** `and`, `or` and `unless`: samples stay as they are, names and all. */
export function* applySetOperator(
  operator: SetOperator,
  { on, labels }: Matching,
  left: Vector,
  right: Vector,
): Work<Vector> {
  const key = keyOf(on, labels);
  switch (operator) {
    case 'and':
      return yield* filterByKey(left, yield* keysOf(right, key), key, true);
    case 'unless':
      return yield* filterByKey(left, yield* keysOf(right, key), key, false);
    case 'or':
      return [...left, ...(yield* filterByKey(right, yield* keysOf(left, key), key, false))];
  }
}
