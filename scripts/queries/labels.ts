import { type Expression, type Selector, isSetOperator } from '@valtronics/promql';
import type { Known } from './known.ts';

/** What is known of the outcome of an expression: the labels that it may have, and what is wrong with it. */
export interface Outcome {
  readonly labels: ReadonlySet<string>;
  readonly complaints: readonly string[];
}

type Binary = Extract<Expression, { kind: 'binary' }>;
type Call = Extract<Expression, { kind: 'call' }>;
type Aggregation = Extract<Expression, { kind: 'aggregation' }>;

const NONE: Outcome = { labels: new Set(), complaints: [] };
const KEEPS_SERIES: ReadonlySet<string> = new Set(['topk', 'bottomk']);
const HISTOGRAM: ReadonlySet<string> = new Set(['histogram_quantile', 'histogram_fraction']);

function union(...sets: readonly ReadonlySet<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

function without(set: ReadonlySet<string>, labels: Iterable<string>): Set<string> {
  const gone = new Set(labels);
  return new Set([...set].filter((label) => !gone.has(label)));
}

/** Complaints about labels that are asked for and not there. */
function missing(wanted: readonly string[], there: ReadonlySet<string>, where: string): string[] {
  const unknown = wanted.filter((label) => !there.has(label));
  return unknown.length === 0 ? [] : [`${where} has no label ${unknown.join(', ')}`];
}

function ofSelector({ metric, names, matchers }: Selector, known: Known): Outcome {
  const found = known.find({ metric, names });
  const name = metric ?? names.map(({ value }) => value).join(' ');
  if (found.length === 0) return { ...NONE, complaints: [`no metric ${name}`] };
  const labels = union(...found.map((one) => one.labels));
  return {
    labels,
    complaints: missing(
      matchers.map(({ label }) => label),
      labels,
      name,
    ),
  };
}

function textOf(expression: Expression | undefined): string {
  return expression?.kind === 'string' ? expression.value : '';
}

function ofCall({ name, args }: Call, known: Known): Outcome {
  const inner = args.map((arg) => labelsOf(arg, known));
  const complaints = inner.flatMap((one) => one.complaints);
  const labels = union(...inner.map((one) => one.labels));
  if (name === 'label_replace' || name === 'label_join') {
    const sources = (name === 'label_join' ? args.slice(3) : args.slice(3, 4)).map(textOf).filter(Boolean);
    return {
      labels: union(labels, new Set([textOf(args[1])])),
      complaints: [...complaints, ...missing(sources, labels, name)],
    };
  }
  if (HISTOGRAM.has(name))
    return { labels: without(labels, ['le']), complaints: [...complaints, ...missing(['le'], labels, name)] };
  if (name === 'scalar' || name === 'vector') return { labels: new Set(), complaints };
  return { labels, complaints };
}

function ofAggregation(
  { operator, without: isWithout, labels, of, parameter }: Aggregation,
  known: Known,
): Outcome {
  const inner = labelsOf(of, known);
  const complaints = [...inner.complaints, ...missing(labels, inner.labels, `what ${operator} aggregates`)];
  if (KEEPS_SERIES.has(operator)) return { labels: inner.labels, complaints };
  const kept = isWithout ? without(inner.labels, labels) : new Set(labels);
  const counted = operator === 'count_values' ? [textOf(parameter)] : [];
  return { labels: union(kept, new Set(counted)), complaints };
}

function ofBinary({ operator, left, right, matching }: Binary, known: Known): Outcome {
  const [a, b] = [labelsOf(left, known), labelsOf(right, known)];
  const { on, labels, many, include } = matching;
  const complaints = [
    ...a.complaints,
    ...b.complaints,
    ...missing(labels, a.labels, `the left side of ${operator}`),
    ...missing(labels, b.labels, `the right side of ${operator}`),
    ...missing(include, many === 'right' ? a.labels : b.labels, `the one side of ${operator}`),
  ];
  const outcome = (): Set<string> => {
    if (operator === 'or') return union(a.labels, b.labels);
    if (isSetOperator(operator)) return new Set(a.labels);
    if (many === 'left') return union(a.labels, new Set(include));
    if (many === 'right') return union(b.labels, new Set(include));
    if (on) return new Set(labels);
    // One side may be a number.
    return without(union(a.labels, b.labels), labels);
  };
  return { labels: outcome(), complaints };
}

/**
 * The labels that the outcome of an expression may have, with complaints about metrics and labels that do not exist:
 * in selectors, in groupings, in matching of two sides and in what labels are made of.
 */
export function labelsOf(expression: Expression, known: Known): Outcome {
  switch (expression.kind) {
    case 'number':
    case 'string':
      return NONE;
    case 'selector':
      return ofSelector(expression, known);
    case 'range':
      return ofSelector(expression.selector, known);
    case 'subquery':
    case 'negation':
      return labelsOf(expression.of, known);
    case 'call':
      return ofCall(expression, known);
    case 'aggregation':
      return ofAggregation(expression, known);
    case 'binary':
      return ofBinary(expression, known);
  }
}
