import type { OwnRule } from '../../../config/rules-section.ts';
import { compileRule } from './compile.ts';
import type { AlertingRule, RuleGroup } from './rule.ts';

function ruleOf(own: OwnRule): AlertingRule {
  return {
    kind: 'alerting',
    name: own.name,
    expression: own.expression.trim(),
    holdFor: own.for,
    keepFiringFor: own.keep_firing_for,
    labels: { ...own.labels, severity: own.severity },
    annotations: own.annotations,
  };
}

/** The settings' own rules as a group. */
export function ownGroup(rules: readonly OwnRule[]): RuleGroup {
  return {
    name: 'own',
    origin: 'rules.own',
    interval: undefined,
    queryOffset: 0,
    limit: 0,
    rules: rules.map(ruleOf),
  };
}

/** The settings' own rules that cannot be evaluated, a sentence each. */
export function ownRuleProblems(rules: readonly OwnRule[]): readonly string[] {
  return rules.flatMap((rule) => {
    const { refusal } = compileRule(ruleOf(rule));
    return refusal === undefined ? [] : [`must be rules that can be evaluated; ${rule.name}: ${refusal}`];
  });
}
