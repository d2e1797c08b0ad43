import { EvaluationError } from './errors.ts';
import type { Aggregation } from './expression.ts';
import { keyOf, type Labels, omitLabels, pickLabels, withLabels } from './labels.ts';
import { formatSample } from './format.ts';
import { extreme, mean, preciseSum, quantile, variance } from './sums.ts';
import { PAUSE_EVERY, type Sample, type Vector, type Work } from './value.ts';

interface Group {
  readonly labels: Labels;
  readonly samples: Sample[];
}

type Reduce = (values: readonly number[], parameter: number) => number;

/** Of one value the variance is 0 whatever it is, also when it is no number. */
function varianceOfGroup(values: readonly number[]): number {
  return values.length === 1 ? 0 : variance(values);
}

const REDUCTIONS: ReadonlyMap<string, Reduce> = new Map<string, Reduce>([
  ['sum', preciseSum],
  ['avg', mean],
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
    const own = key(sample.labels);
    let group = groups.get(own);
    if (group === undefined) {
      const labels = without ? omitLabels(sample.labels, names) : pickLabels(sample.labels, names);
      group = { labels, samples: [] };
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
    return Number.isNaN(b.value) ? -1 : direction * (a.value - b.value);
  };
  return samples.toSorted(rank).slice(0, Math.max(0, Math.trunc(k)));
}

function countValues({ labels, samples }: Group, label: string, time: number): Sample[] {
  const counts = new Map<string, number>();
  for (const { value } of samples) {
    const text = formatSample(value);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, value]) => ({
    name: '',
    labels: withLabels(labels, { [label]: text }),
    value,
    time,
  }));
}

/** Aggregates a vector. `parameter` is k or the quantile, or the label of `count_values`. */
export function* aggregate(
  aggregation: Aggregation,
  vector: Vector,
  parameter: number | string | undefined,
  time: number,
): Work<Vector> {
  const { operator } = aggregation;
  const results: Sample[] = [];
  const number = typeof parameter === 'number' ? parameter : NaN;
  for (const group of yield* groupsOf(aggregation, vector)) {
    yield;
    if (operator === 'topk' || operator === 'bottomk') {
      if (Number.isNaN(number)) throw new EvaluationError(`the parameter of ${operator} is no number`);
      results.push(...firstOf(group.samples, number, operator === 'topk' ? -1 : 1));
    } else if (typeof parameter === 'string') {
      results.push(...countValues(group, parameter, time));
    } else {
      const reduce = REDUCTIONS.get(operator);
      if (reduce === undefined) throw new EvaluationError(`aggregation ${operator} is not supported here`);
      const values = group.samples.map(({ value }) => value);
      results.push({ name: '', labels: group.labels, value: reduce(values, number), time });
    }
  }
  return results;
}
