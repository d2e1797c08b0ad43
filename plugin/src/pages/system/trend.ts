import type { Health } from '../../api/exporterTypes';
import type { InstantRow } from '../../api/prometheusShapes';

/** Scores by component. */
export type Scores = ReadonlyMap<string, number>;

export const SCORES_BEFORE_QUERY = 'max by (component) (valtronics_system_health_score offset 1h)';

/** The scores in rows of `SCORES_BEFORE_QUERY`. */
export function scoresOf(rows: readonly InstantRow[]): Scores {
  return new Map(rows.map(({ labels, value }) => [labels.component ?? '', value]));
}

/** The component whose score fell most since `before`; undefined when none did. */
export function fallenMost({ components }: Health, before: Scores | undefined): string | undefined {
  let most: { readonly component: string; readonly fall: number } | undefined;
  for (const { component, score } of components) {
    const then = before?.get(component);
    if (component === 'overall' || score === null || then === undefined || then <= score) continue;
    if (most === undefined || then - score > most.fall) most = { component, fall: then - score };
  }
  return most?.component;
}
