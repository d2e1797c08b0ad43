import { aggregate } from './aggregate.ts';
import { applyBinary } from './binary.ts';
import { requireDistinct } from './distinct.ts';
import { EvaluationError } from './errors.ts';
import type { Aggregation, Call, Expression, Subquery } from './expression.ts';
import { histogramQuantile } from './histogram-quantile.ts';
import { OF_HISTOGRAM, valueFunction } from './instant-functions.ts';
import { labelJoin, labelReplace } from './label-functions.ts';
import { type Labels, labelsFrom, namedKey, NO_LABELS } from './labels.ts';
import { KEEPS_NAME, RANGE_FUNCTIONS } from './over-time.ts';
import { selectInstant, selectRange, selectSteps } from './select.ts';
import { type Context, type Inner, innerContext, momentOf } from './source.ts';
import {
  PAUSE_EVERY,
  type Sample,
  scalarOf,
  textOf,
  type Value,
  type Vector,
  vectorOf,
  type Window,
  type Work,
} from './value.ts';

/** Windows with the bounds that they were asked for, milliseconds since the epoch. */
interface Ranged {
  readonly windows: readonly Window[];
  readonly start: number;
  readonly end: number;
}

/** Evaluates at each multiple of the step inside the range. */
function* evaluateSubquery(subquery: Subquery, context: Inner): Work<Ranged> {
  const { of, range, step = context.interval } = subquery;
  const end = momentOf(subquery, context.time, context.asked);
  const start = end - range;
  const first =
    context.leftOpen === true ? (Math.floor(start / step) + 1) * step : Math.ceil(start / step) * step;
  if (of.kind === 'selector')
    return { windows: yield* selectSteps(of, { first, last: end, step }, context), start, end };
  const windows = new Map<string, Window & { readonly times: number[]; readonly values: number[] }>();
  for (let time = first; time <= end; time += step) {
    yield;
    context.count(1);
    for (const { name, labels, value } of vectorOf(yield* evaluateNode(of, { ...context, time }))) {
      context.count(1);
      const key = namedKey({ name, labels });
      const window = windows.get(key) ?? { name, labels, times: [], values: [] };
      window.times.push(time);
      window.values.push(value);
      windows.set(key, window);
    }
  }
  return { windows: [...windows.values()], start, end };
}

function* evaluateRange(expression: Expression, context: Inner): Work<Ranged> {
  if (expression.kind === 'subquery') return yield* evaluateSubquery(expression, context);
  if (expression.kind !== 'range')
    throw new EvaluationError(`a range was expected, not a ${expression.kind}`);
  const end = momentOf(expression.selector, context.time, context.asked);
  return { windows: yield* selectRange(expression, context), start: end - expression.range, end };
}

function* callRangeFunction(
  name: string,
  range: Expression,
  [parameter = NaN, second = NaN]: readonly number[],
  context: Inner,
): Work<Vector> {
  const compute = RANGE_FUNCTIONS.get(name);
  if (compute === undefined) throw new EvaluationError(`function ${name} is not supported here`);
  const { windows, start, end } = yield* evaluateRange(range, context);
  const samples: Sample[] = [];
  const { time, leftOpen = false } = context;
  for (const [index, { name: metric, labels, times, values }] of windows.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const value = compute({ times, values, start, end, leftOpen }, time, parameter, second);
    if (value !== undefined) samples.push({ name: KEEPS_NAME.has(name) ? metric : '', labels, value, time });
  }
  if (KEEPS_NAME.has(name)) return samples;
  return yield* requireDistinct(
    samples,
    windows.map(({ name: metric, labels }) => ({ name: metric, labels, value: 0, time })),
  );
}

function one(value: number, { time }: Inner, labels = NO_LABELS): Vector {
  return [{ name: '', labels, value, time }];
}

/** Changes each value; the metric's name goes. */
function* mapValues(vector: Vector, change: (sample: Sample) => number): Work<Vector> {
  const samples: Sample[] = [];
  for (const [index, sample] of vector.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    samples.push({ ...sample, name: '', value: change(sample) });
  }
  return yield* requireDistinct(samples, vector);
}

function* evaluateAll(expressions: readonly Expression[], context: Inner): Work<Value[]> {
  const values: Value[] = [];
  for (const expression of expressions) values.push(yield* evaluateNode(expression, context));
  return values;
}

/** By value, equal ones as they came; what is no number comes last either way. */
function sorted(vector: Vector, direction: 1 | -1): Vector {
  return vector.toSorted((a, b) => {
    if (Number.isNaN(a.value) || Number.isNaN(b.value))
      return Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));
    return a.value === b.value ? 0 : a.value < b.value ? -direction : direction;
  });
}

/** The labels that `absent` gives its sample: those that the selector asks for by `=`, and by nothing after it. */
function absentLabels(expression: Expression): Labels {
  const selector = expression.kind === 'range' ? expression.selector : expression;
  if (selector.kind !== 'selector') return NO_LABELS;
  const given = new Map<string, string>();
  const seen = new Set<string>();
  for (const { label, operator, value } of selector.matchers) {
    if (operator === '=' && !seen.has(label)) {
      given.set(label, value);
      seen.add(label);
    } else given.delete(label);
  }
  return labelsFrom(given);
}

/** The functions of an instant vector and of what stands beside it. */
function* callVectorFunction({ name, args }: Call, context: Inner): Work<Vector> {
  const [first, ...rest] = args;
  if (first === undefined) {
    const change = valueFunction(name, []);
    if (change === undefined) throw new EvaluationError(`function ${name} takes an argument`);
    return one(change(context.time / 1000), context);
  }
  if (name === 'vector') return one(scalarOf(yield* evaluateNode(first, context)), context);
  if (name === 'histogram_quantile') {
    const q = scalarOf(yield* evaluateNode(first, context));
    const [buckets = []] = (yield* evaluateAll(rest, context)).map(vectorOf);
    return yield* histogramQuantile(q, buckets, context.time);
  }
  if (OF_HISTOGRAM.has(name)) {
    yield* evaluateAll(args, context);
    return [];
  }
  const vector = vectorOf(yield* evaluateNode(first, context));
  const others = yield* evaluateAll(rest, context);
  switch (name) {
    case 'absent':
      return vector.length === 0 ? one(1, context, absentLabels(first)) : [];
    case 'timestamp': {
      const own = first.kind === 'selector';
      return yield* mapValues(vector, ({ time }) => (own ? time : context.time) / 1000);
    }
    case 'sort':
      return sorted(vector, 1);
    case 'sort_desc':
      return sorted(vector, -1);
    case 'label_replace':
      return yield* labelReplace(vector, others.map(textOf));
    case 'label_join':
      return yield* labelJoin(vector, others.map(textOf));
  }
  const numbers = others.map(scalarOf);
  const [least = NaN, most = NaN] = numbers;
  // Bounds that contradict each other leave nothing.
  if (name === 'clamp' && most < least) return [];
  const change = valueFunction(name, numbers);
  if (change === undefined) throw new EvaluationError(`function ${name} is not supported here`);
  return yield* mapValues(vector, ({ value }) => change(value));
}

function* evaluateCall(call: Call, context: Inner): Work<Value> {
  const { name, args } = call;
  if (name === 'time') return { kind: 'scalar', value: context.time / 1000 };
  if (name === 'pi') return { kind: 'scalar', value: Math.PI };
  if (name === 'scalar') {
    const [vector = []] = (yield* evaluateAll(args, context)).map(vectorOf);
    const [only, another] = vector;
    return { kind: 'scalar', value: only !== undefined && another === undefined ? only.value : NaN };
  }
  const range = args.find(({ kind }) => kind === 'range' || kind === 'subquery');
  if (range === undefined) return { kind: 'vector', samples: yield* callVectorFunction(call, context) };
  if (name === 'absent_over_time') {
    const { windows } = yield* evaluateRange(range, context);
    return { kind: 'vector', samples: windows.length === 0 ? one(1, context, absentLabels(range)) : [] };
  }
  const parameters = (yield* evaluateAll(
    args.filter((arg) => arg !== range),
    context,
  )).map(scalarOf);
  return { kind: 'vector', samples: yield* callRangeFunction(name, range, parameters, context) };
}

function* evaluateAggregation(aggregation: Aggregation, context: Inner): Work<Vector> {
  const { parameter, of } = aggregation;
  const given = parameter === undefined ? undefined : yield* evaluateNode(parameter, context);
  const vector = vectorOf(yield* evaluateNode(of, context));
  return yield* aggregate(
    aggregation,
    vector,
    given?.kind === 'vector' ? undefined : given?.value,
    context.time,
  );
}

function* evaluateNode(expression: Expression, context: Inner): Work<Value> {
  switch (expression.kind) {
    case 'number':
      return { kind: 'scalar', value: expression.value };
    case 'string':
      return { kind: 'string', value: expression.value };
    case 'selector':
      return { kind: 'vector', samples: yield* selectInstant(expression, context) };
    case 'range':
    case 'subquery':
      throw new EvaluationError('a range has no value of its own: put it into a function such as rate');
    case 'call':
      return yield* evaluateCall(expression, context);
    case 'aggregation':
      return { kind: 'vector', samples: yield* evaluateAggregation(expression, context) };
    case 'binary': {
      const left = yield* evaluateNode(expression.left, context);
      return yield* applyBinary(expression, left, yield* evaluateNode(expression.right, context));
    }
    case 'negation': {
      const value = yield* evaluateNode(expression.of, context);
      if (expression.isPlus) return value;
      if (value.kind === 'scalar') return { kind: 'scalar', value: -value.value };
      return { kind: 'vector', samples: yield* mapValues(vectorOf(value), (sample) => -sample.value) };
    }
  }
}

/**
 * Evaluates a checked expression at one moment, with the meaning that it has in Prometheus 2.42. Pauses after every
 * few hundred samples; whoever runs it may stop at any pause. Throws an EvaluationError where Prometheus would fail,
 * too, where a text or a range is all there is, and where more samples are needed than `maxSamples`.
 */
export function* evaluate(expression: Expression, context: Context): Work<Value> {
  const value = yield* evaluateNode(expression, innerContext(context));
  if (value.kind === 'string') throw new EvaluationError('a text has no value: a number or a vector has');
  return value;
}
