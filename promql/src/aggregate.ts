import { EvaluationError } from './errors.ts';
import type { Aggregation } from './expression.ts';
import { isLabelName, keepLabels, keyOf, type Named, withLabel } from './labels.ts';
import { formatSample } from './literals.ts';
import { extreme, meanOfGroup, quantile, varianceOfGroup } from './sums.ts';
import { PAUSE_EVERY, type Sample, type Vector, type Work } from './value.ts';

interface Group {
  readonly named: Named;
  readonly samples: Sample[];
}

type Reduce = (values: readonly number[], parameter: number) => number;

const REDUCTIONS: ReadonlyMap<string, Reduce> = new Map<string, Reduce>([
  ['sum', (values) => values.reduce((sum, value) => sum + value)],
  ['avg', meanOfGroup],
  ['count', (values) => values.length],
  ['group', () => 1],
  ['min', (values) => extreme(values, (a, b) => a < b)],
  ['max', (values) => extreme(values, (a, b) => a > b)],
  ['stddev', (values) => Math.sqrt(varianceOfGroup(values))],
  ['stdvar', varianceOfGroup],
  ['quantile', (values, q) => quantile(q, values)],
]);

function* groupsOf({ without, labels: names }: Aggregation, vector: Vector): Work<Iterable<Group>> {
  const key = keyOf(!without, names);
  const groups = new Map<string, Group>();
  for (const [index, sample] of vector.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const own = key(sample);
    let group = groups.get(own);
    if (group === undefined) {
      group = { named: keepLabels(!without, names, sample), samples: [] };
      groups.set(own, group);
    }
    group.samples.push(sample);
  }
  return groups.values();
}

/** The k first of the samples in an order where NaN comes last. */
function firstOf(samples: readonly Sample[], k: number, direction: 1 | -1): Sample[] {
  const rank = (a: Sample, b: Sample): number => {
    if (Number.isNaN(a.value)) return Number.isNaN(b.value) ? 0 : 1;
    if (Number.isNaN(b.value)) return -1;
    return a.value === b.value ? 0 : direction * (a.value < b.value ? -1 : 1);
  };
  return samples.toSorted(rank).slice(0, Math.max(0, Math.trunc(k)));
}

/** What k must be: a number that Go's int64 holds. */
function requireInteger(k: number, operator: string): void {
  if (!(Math.abs(k) <= 2 ** 63 - 1024))
    throw new EvaluationError(`the parameter of ${operator} is ${formatSample(k)}, which is no whole number`);
}

/** `count_values`: each value becomes a label, which is grouped by, too, or takes the place of one that is left out. */
function* countValues(aggregation: Aggregation, vector: Vector, label: string, time: number): Work<Vector> {
  if (!isLabelName(label)) throw new EvaluationError(`${JSON.stringify(label)} is no name of a label`);
  const valued = vector.map((sample) => withLabel(sample, label, formatSample(sample.value)));
  const { without, labels } = aggregation;
  const grouped = without ? aggregation : { ...aggregation, labels: [...labels, label] };
  const groups = yield* groupsOf(grouped, valued);
  return [...groups].map(({ named, samples }) => ({ ...named, value: samples.length, time }));
}

/** Aggregates a vector. `parameter` is k or the quantile, or the label of `count_values`. */
export function* aggregate(
  aggregation: Aggregation,
  vector: Vector,
  parameter: number | string | undefined,
  time: number,
): Work<Vector> {
  if (typeof parameter === 'string') return yield* countValues(aggregation, vector, parameter, time);
  const { operator } = aggregation;
  const isSelection = operator === 'topk' || operator === 'bottomk';
  const number = parameter ?? NaN;
  if (isSelection) requireInteger(number, operator);
  const results: Sample[] = [];
  for (const group of yield* groupsOf(aggregation, vector)) {
    yield;
    if (isSelection) {
      results.push(...firstOf(group.samples, number, operator === 'topk' ? -1 : 1));
      continue;
    }
    const reduce = REDUCTIONS.get(operator);
    if (reduce === undefined) throw new EvaluationError(`aggregation ${operator} is not supported here`);
    const values = group.samples.map(({ value }) => value);
    results.push({ ...group.named, value: reduce(values, number), time });
  }
  return results;
}
