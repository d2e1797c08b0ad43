import type { InstantRow } from '../../../api/prometheusShapes';
import { ruleThresholds, type Threshold } from '../../../domain/alerts/ruleThresholds';

/** Label under which a question about many rules says which it is the answer to. */
const PLACE = 'valtronics_rule_place';

/** Which of several series is the nearest to firing. */
function worstOf({ comparison, limit }: Threshold): 'topk' | 'bottomk' {
  if (comparison === '<' || comparison === '<=') return 'bottomk';
  return comparison === '==' && limit <= 0 ? 'bottomk' : 'topk';
}

/**
 * One instant query for the worst present value of each expression's first threshold; undefined when none has one.
 * What one of them cannot be asked for, none can: ask for less then.
 */
export function worstValuesQuery(expressions: readonly string[]): string | undefined {
  const parts = expressions.flatMap((expression, index) => {
    const [threshold] = ruleThresholds(expression);
    if (threshold === undefined) return [];
    const worst = `${worstOf(threshold)}(1, (${threshold.expression}))`;
    return [`label_replace(${worst}, "${PLACE}", "${index}", "", "")`];
  });
  return parts.length === 0 ? undefined : parts.join(' or ');
}

/** The answer: values by the place of their expression. */
export function readWorstValues(rows: readonly InstantRow[]): ReadonlyMap<number, number> {
  return new Map(
    rows.flatMap(({ labels, value }): [number, number][] => {
      const place = labels[PLACE];
      return place === undefined ? [] : [[Number(place), value]];
    }),
  );
}

/** True when the value is beyond the limit. */
export function isBeyond(value: number, { comparison, limit }: Threshold): boolean {
  switch (comparison) {
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '==':
      return value === limit;
    case '!=':
      return value !== limit;
  }
}

/** Rows with the nearest to firing first; NaN last. */
export function worstFirst(rows: readonly InstantRow[], threshold: Threshold): InstantRow[] {
  const sign = worstOf(threshold) === 'topk' ? -1 : 1;
  const rank = ({ value }: InstantRow): number => (Number.isNaN(value) ? Infinity : sign * value);
  return [...rows].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}
