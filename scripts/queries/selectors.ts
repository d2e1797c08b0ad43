import { childrenOf, type Expression, parseExpression, type Selector } from '@valtronics/promql';

/** Grafana's macros in queries, with a value that they may have. */
const MACROS: Readonly<Record<string, string>> = {
  $__rate_interval: '1m',
  $__interval: '1m',
  $__range: '1h',
};

/** A query of a dashboard as Prometheus would get it: macros have values; variables stay in their strings. */
export function withoutMacros(query: string, values: Readonly<Record<string, string>> = MACROS): string {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(name, value), query);
}

/** Parses a query as Grafana's dashboards, rules, pages and runbooks have it. Throws `ExpressionError`. */
export function parseQuery(query: string): Expression {
  return parseExpression(withoutMacros(query), { anyMetric: true });
}

/** Every selector of an expression, in the order of the text. */
export function selectorsOf(expression: Expression): readonly Selector[] {
  return expression.kind === 'selector' ? [expression] : childrenOf(expression).flatMap(selectorsOf);
}
