import {
  type Context,
  evaluate,
  type Expression,
  parseExpression,
  run,
  type SampleSource,
} from '../../src/index.ts';
import { type Result, resultKey } from '../../../exporter/test/support/prometheus-oracle.ts';

const MINUTE = 60_000;

/** What an expression gave: its samples, or the message where it failed. */
export type Answer = Result | string;

function resultOf(expression: Expression, context: Context): Answer {
  try {
    const value = run(evaluate(expression, context));
    if (value.kind === 'scalar') return new Map([[resultKey('', {}), value.value]]);
    if (value.kind === 'string') return value.value;
    return new Map(value.samples.map((sample) => [resultKey(sample.name, sample.labels), sample.value]));
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

/** How we evaluate beside a Prometheus. */
type Ways = Pick<Context, 'leftOpen'>;

function contextOf(source: SampleSource, time: number, ways: Ways): Context {
  return { source, time, lookback: 5 * MINUTE, interval: MINUTE, ...ways };
}

/** What we say about the expression at the time, milliseconds since the epoch. */
export function answer(source: SampleSource, text: string, time: number, ways: Ways = {}): Answer {
  try {
    return resultOf(parseExpression(text, { anyMetric: true }), contextOf(source, time, ways));
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

function isClose(a: number | undefined, b: number | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), 1e-3);
}

/** Equal results, or both fail. */
export function agree(ours: Answer, theirs: Answer): boolean {
  if (typeof ours === 'string' || typeof theirs === 'string') return typeof ours === typeof theirs;
  return ours.size === theirs.size && [...theirs].every(([key, value]) => isClose(ours.get(key), value));
}

/** Operations whose last bits are nobody's promise: they differ between Go and JavaScript. */
const INEXACT: ReadonlySet<string> = new Set([
  ...['^', 'atan2', 'exp', 'ln', 'log2', 'log10', 'rate', 'increase', 'delta', 'irate', 'deriv'],
  ...[
    'predict_linear',
    'quantile',
    'quantile_over_time',
    'histogram_quantile',
    'sum',
    'avg',
    'stddev',
    'stdvar',
  ],
  ...['sum_over_time', 'avg_over_time', 'stddev_over_time', 'stdvar_over_time', 'round'],
]);

/** The expression with what each inexact operation gives multiplied by the factor. */
function nudged(expression: Expression, factor: number): Expression {
  const inside = (of: Expression): Expression => nudged(of, factor);
  const times = (of: Expression): Expression => ({
    kind: 'binary',
    at: of.at,
    operator: '*',
    left: of,
    right: { kind: 'number', at: of.at, value: factor },
    bool: false,
    matching: { on: false, labels: [], many: undefined, include: [] },
  });
  switch (expression.kind) {
    case 'binary': {
      const { operator } = expression;
      const result = { ...expression, left: inside(expression.left), right: inside(expression.right) };
      return INEXACT.has(operator) ? times(result) : result;
    }
    case 'call': {
      const result = { ...expression, args: expression.args.map(inside) };
      return INEXACT.has(expression.name) ? times(result) : result;
    }
    case 'aggregation': {
      const result = { ...expression, of: inside(expression.of) };
      return INEXACT.has(expression.operator) ? times(result) : result;
    }
    case 'negation':
    case 'subquery':
      return { ...expression, of: inside(expression.of) };
    default:
      return expression;
  }
}

const FACTORS = [1, 2, 4, 16, 64].flatMap((units) => [
  1 + units * Number.EPSILON,
  1 - units * Number.EPSILON,
]);

/** A difference up to so many times what a nudge makes is explained by it: remainders jump. */
const JUMP = 16;

/**
 * Whether the expression is so ill-conditioned that the difference proves nothing: our own result moves as far when
 * its inexact operations are off by some units in the last place. `limit ^ limit % limit` is an example.
 */
export function isIllConditioned(
  source: SampleSource,
  text: string,
  time: number,
  theirs: Answer,
  ways: Ways = {},
): boolean {
  const expression = parseExpression(text, { anyMetric: true });
  const context = contextOf(source, time, ways);
  const ours = resultOf(expression, context);
  const moved = FACTORS.map((factor) => resultOf(nudged(expression, factor), context));
  if (typeof ours === 'string' || typeof theirs === 'string')
    return moved.some((other) => typeof other !== typeof ours);
  return [...new Set([...ours.keys(), ...theirs.keys()])].every((key) => {
    const [own, other] = [ours.get(key), theirs.get(key)];
    if (isClose(own, other)) return true;
    return moved.some((answers) => {
      const third = typeof answers === 'string' ? undefined : answers.get(key);
      if (own === undefined || other === undefined || third === undefined) return own !== third;
      const [needed, made] = [Math.abs(other - own), Math.abs(third - own)];
      return Number.isFinite(needed) && Number.isFinite(made)
        ? made * JUMP >= needed
        : !Object.is(own, third);
    });
  });
}

/** A sentence about the difference, or undefined where both agree or nobody could. */
export function difference(
  source: SampleSource,
  text: string,
  time: number,
  theirs: Answer,
  ways: Ways = {},
): string | undefined {
  const ours = answer(source, text, time, ways);
  if (agree(ours, theirs)) return undefined;
  if (
    !/^ExpressionError/.test(typeof ours === 'string' ? ours : '') &&
    isIllConditioned(source, text, time, theirs, ways)
  )
    return undefined;
  return `${text} at ${time}\nours: ${show(ours)}\ntheirs: ${show(theirs)}`;
}

function show(result: Answer): string {
  return JSON.stringify(typeof result === 'string' ? result : Object.fromEntries(result));
}
