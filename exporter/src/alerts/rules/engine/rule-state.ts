import { formatSample } from '@valtronics/promql';
import type { AlertingRule } from '../load/rule.ts';
import type { RuleView } from '../rule-view.ts';
import type { Instances } from './alert-instances.ts';
import type { PlannedRule } from './plan.ts';

/** How the last evaluation of a rule went. Times are milliseconds. */
export interface Evaluated {
  /** Since the epoch. */
  readonly at: number;
  readonly took: number;
  /** Undefined after a success. */
  readonly error: string | undefined;
}

/** Whether the rule can be judged: not before its first evaluation, nor while it cannot be evaluated. */
function stateOf(instances: Instances, evaluated: Evaluated | undefined): RuleView['state'] {
  const states = new Set([...instances.values()].map(({ state }) => state));
  if (states.has('firing')) return 'firing';
  if (states.has('pending')) return 'pending';
  return evaluated === undefined || evaluated.error !== undefined ? 'unknown' : 'inactive';
}

/** The rule as the API shows it. */
export function ruleView(
  group: string,
  rule: AlertingRule,
  { refusal }: PlannedRule,
  instances: Instances,
  evaluated: Evaluated | undefined,
): RuleView {
  const lastError = refusal ?? evaluated?.error ?? null;
  return {
    group,
    name: rule.name,
    expression: rule.expression,
    forSeconds: rule.holdFor / 1000,
    labels: rule.labels,
    annotations: rule.annotations,
    state: stateOf(instances, evaluated),
    health: lastError !== null ? 'err' : evaluated === undefined ? 'unknown' : 'ok',
    lastError,
    lastEvaluation: evaluated?.at ?? null,
    evaluationSeconds: evaluated === undefined ? null : evaluated.took / 1000,
    instances: [...instances.values()].map(({ labels, state, value, activeAt }) => ({
      labels,
      state,
      value: formatSample(value),
      since: activeAt,
    })),
  };
}
