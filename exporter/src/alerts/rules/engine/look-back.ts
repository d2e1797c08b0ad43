import type { Program } from '../load/compile.ts';
import type { PlannedRule } from './plan.ts';

/**
 * How far back rules look, milliseconds, that of the recording rules which they build on included: so long
 * after a start their results are those of a part of the history.
 */
export function lookBacks(rules: readonly PlannedRule[]): (program: Program) => number {
  const recorded = new Map<string, number>();
  const backOf = ({ needs }: Program): number =>
    Math.max(0, ...[...needs].map(([metric, back]) => back + (recorded.get(metric) ?? 0)));
  // A rule may build on one that stands behind it; as many rounds as rules reach the end of any chain.
  for (let round = 0, changed = true; changed && round < rules.length; round += 1) {
    changed = false;
    for (const { rule, program } of rules) {
      if (rule.kind !== 'recording' || program === undefined) continue;
      const back = Math.max(recorded.get(rule.name) ?? 0, backOf(program));
      changed ||= back !== recorded.get(rule.name);
      recorded.set(rule.name, back);
    }
  }
  return backOf;
}
