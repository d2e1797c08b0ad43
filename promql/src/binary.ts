import { calculate, compare } from './arithmetic.ts';
import { requireDistinct } from './distinct.ts';
import { EvaluationError } from './errors.ts';
import { type Binary, isComparison, isSetOperator, type Matching } from './expression.ts';
import { keepLabels, keyOf, labelOf, type Named, namedKey, showLabels, withLabel } from './labels.ts';
import { applySetOperator } from './set-operators.ts';
import { PAUSE_EVERY, type Sample, type Value, type Vector, vectorOf, type Work } from './value.ts';

/** The value of two numbers, or undefined where a comparison filters the sample out. `shown` is what it keeps. */
function combine({ operator, bool }: Binary, a: number, b: number, shown: number): number | undefined {
  if (isSetOperator(operator)) return undefined;
  if (!isComparison(operator)) return calculate(operator, a, b);
  const holds = compare(operator, a, b);
  if (bool) return holds ? 1 : 0;
  return holds ? shown : undefined;
}

/** Whether the metric's name stays. Prometheus 2.42 forgets to take it away after atan2. */
function keepsName({ operator, bool }: Binary): boolean {
  return (isComparison(operator) && !bool) || operator === 'atan2';
}

function* withNumber(binary: Binary, vector: Vector, number: number, onLeft: boolean): Work<Vector> {
  const keeps = keepsName(binary);
  const samples: Sample[] = [];
  for (const [index, sample] of vector.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const { value: own } = sample;
    const value = onLeft ? combine(binary, number, own, own) : combine(binary, own, number, own);
    if (value !== undefined) samples.push({ ...sample, value, name: keeps ? sample.name : '' });
  }
  return keeps ? samples : yield* requireDistinct(samples, vector);
}

function describeKey({ on, labels }: Matching, sample: Sample): string {
  const kept = keepLabels(on, labels, sample);
  return showLabels(kept.name, kept.labels);
}

function* indexByKey(matching: Matching, one: Vector, side: string): Work<Map<string, Sample>> {
  const key = keyOf(matching.on, matching.labels);
  const found = new Map<string, Sample>();
  for (const [index, sample] of one.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const own = key(sample);
    if (found.has(own))
      throw new EvaluationError(
        `several series on the ${side} side match ${describeKey(matching, sample)}: many-to-many is not possible; narrow the labels or sum first`,
      );
    found.set(own, sample);
  }
  return found;
}

/** Name and labels of a result, where the one side's sample is `other`. */
function resultOf(
  { on, labels, many, include }: Matching,
  keepsIt: boolean,
  from: Named,
  other: Named,
): Named {
  const name = keepsIt ? from.name : '';
  if (many !== undefined)
    return include.reduce<Named>((result, label) => withLabel(result, label, labelOf(other, label)), {
      name,
      labels: from.labels,
    });
  const isNamed = labels.includes('__name__') === on;
  return { name: isNamed ? name : '', labels: keepLabels(on, labels, from).labels };
}

/** Two vectors: each sample of the many (by default the left) side with the one of the other side. */
function* withVector(binary: Binary, left: Vector, right: Vector): Work<Vector> {
  const { matching } = binary;
  if (left.length === 0 || right.length === 0) return [];
  const swapped = matching.many === 'right';
  const [many, one] = swapped ? [right, left] : [left, right];
  const others = yield* indexByKey(matching, one, swapped ? 'left' : 'right');
  const key = keyOf(matching.on, matching.labels);
  const keeps = keepsName(binary);
  const seen = new Set<string>();
  const samples: Sample[] = [];
  for (const [index, sample] of many.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const own = key(sample);
    const other = others.get(own);
    if (other === undefined) continue;
    const [a, b] = swapped ? [other.value, sample.value] : [sample.value, other.value];
    const value = combine(binary, a, b, a);
    if (value === undefined) continue;
    const named = resultOf(matching, keeps, sample, other);
    const result = binary.bool ? { ...named, name: '' } : named;
    const identity = matching.many === undefined ? own : namedKey(result);
    if (seen.has(identity))
      throw new EvaluationError(
        `several series match ${describeKey(matching, sample)}: ${
          matching.many === undefined
            ? 'group_left or group_right must say so'
            : 'the result would have equal labels'
        }`,
      );
    seen.add(identity);
    samples.push({ ...result, value, time: sample.time });
  }
  return samples;
}

/** Applies the operator to what both sides gave. Throws an EvaluationError where samples do not match one to one. */
export function* applyBinary(binary: Binary, left: Value, right: Value): Work<Value> {
  if (isSetOperator(binary.operator))
    return {
      kind: 'vector',
      samples: yield* applySetOperator(binary.operator, binary.matching, vectorOf(left), vectorOf(right)),
    };
  if (left.kind === 'scalar' && right.kind === 'scalar')
    return { kind: 'scalar', value: combine(binary, left.value, right.value, left.value) ?? NaN };
  if (right.kind === 'scalar')
    return { kind: 'vector', samples: yield* withNumber(binary, vectorOf(left), right.value, false) };
  if (left.kind === 'scalar')
    return { kind: 'vector', samples: yield* withNumber(binary, vectorOf(right), left.value, true) };
  return { kind: 'vector', samples: yield* withVector(binary, vectorOf(left), vectorOf(right)) };
}
