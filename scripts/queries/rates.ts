import { childrenOf, type Expression } from '@valtronics/promql';
import type { Known } from './known.ts';

/** Functions that make sense of what only rises, and those that do of what also falls. */
const OF_COUNTERS: ReadonlySet<string> = new Set(['rate', 'irate', 'increase', 'resets']);
const OF_GAUGES: ReadonlySet<string> = new Set([
  'delta',
  'idelta',
  'deriv',
  'predict_linear',
  'holt_winters',
]);

/** What tells whether there are series and not what their values are. */
const OF_PRESENCE: ReadonlySet<string> = new Set(['absent', 'timestamp', 'count', 'group']);

function isPresence(expression: Expression): boolean {
  if (expression.kind === 'call') return OF_PRESENCE.has(expression.name);
  if (expression.kind === 'aggregation') return OF_PRESENCE.has(expression.operator);
  // `0 * counter` is zero where there are series.
  return (
    expression.kind === 'binary' &&
    expression.operator === '*' &&
    expression.left.kind === 'number' &&
    expression.left.value === 0
  );
}

/**
 * Complaints about counters whose values are taken as they are, which says only how long a process runs; about rates of
 * gauges, and changes of counters by functions that know no restart.
 */
export function rateComplaints(expression: Expression, known: Known): string[] {
  if (isPresence(expression)) return [];
  if (expression.kind === 'selector')
    return known
      .find(expression)
      .filter(({ type }) => type === 'counter')
      .map(({ name }) => `${name} is a counter: ask for its rate or increase`);
  if (expression.kind === 'range') return [];
  const inner = childrenOf(expression).flatMap((child) => rateComplaints(child, known));
  if (expression.kind !== 'call') return inner;
  const selectors = expression.args.flatMap((arg) => (arg.kind === 'range' ? [arg.selector] : []));
  const types = selectors.flatMap((selector) => known.find(selector));
  const wrong = types.filter(({ type }) =>
    type === 'counter'
      ? OF_GAUGES.has(expression.name)
      : type === 'gauge' && OF_COUNTERS.has(expression.name),
  );
  return [...inner, ...wrong.map(({ name, type }) => `${expression.name} of ${name}, which is a ${type}`)];
}
