import type { Matching, SetOperator } from './expression.ts';
import { keyOf, type Named } from './labels.ts';
import { PAUSE_EVERY, type Sample, type Vector, type Work } from './value.ts';

function* keysOf(vector: Vector, key: (named: Named) => string): Work<Set<string>> {
  const keys = new Set<string>();
  for (const [index, sample] of vector.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    keys.add(key(sample));
  }
  return keys;
}

function* filterByKey(
  vector: Vector,
  keys: ReadonlySet<string>,
  key: (named: Named) => string,
  wanted: boolean,
): Work<Sample[]> {
  const samples: Sample[] = [];
  for (const [index, sample] of vector.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    if (keys.has(key(sample)) === wanted) samples.push(sample);
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
