import { type At, childrenOf, type Expression } from './expression.ts';

/**
 * Milliseconds of history by metric that an expression looks back; 0 where the newest sample is enough, Infinity where
 * it asks for a fixed moment. What a selector without a metric's name needs stands under `''`.
 */
export type Needs = ReadonlyMap<string, number>;

/** How far back it is from the moment that is asked for. */
function backOf(
  { time, offset }: { readonly time: At | undefined; readonly offset: number },
  back: number,
): number {
  if (typeof time === 'number') return Infinity;
  return (time === undefined ? back : 0) + Math.max(0, offset);
}

function visit(expression: Expression, back: number, needs: Map<string, number>): void {
  const add = (metric: string | undefined, own: number): void => {
    needs.set(metric ?? '', Math.max(needs.get(metric ?? '') ?? 0, own));
  };
  switch (expression.kind) {
    case 'selector':
      add(expression.metric, backOf(expression, back));
      break;
    case 'range':
      add(expression.selector.metric, backOf(expression.selector, back) + expression.range);
      break;
    case 'subquery':
      visit(expression.of, backOf(expression, back) + expression.range, needs);
      break;
    default:
      for (const child of childrenOf(expression)) visit(child, back, needs);
  }
}

/** The metrics that the expression selects, with how far back it looks. */
export function needsOf(expression: Expression): Needs {
  const needs = new Map<string, number>();
  visit(expression, 0, needs);
  return needs;
}
