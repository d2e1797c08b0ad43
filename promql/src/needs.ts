import { childrenOf, type Expression } from './expression.ts';

/** Milliseconds of history by metric that an expression looks back; 0 where the newest sample is enough. */
export type Needs = ReadonlyMap<string, number>;

function visit(expression: Expression, back: number, needs: Map<string, number>): void {
  switch (expression.kind) {
    case 'selector': {
      const { metric, offset } = expression;
      needs.set(metric, Math.max(needs.get(metric) ?? 0, back + Math.max(0, offset)));
      break;
    }
    case 'range':
      visit(expression.selector, back + expression.range, needs);
      break;
    case 'subquery':
      visit(expression.of, back + expression.range + Math.max(0, expression.offset), needs);
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
