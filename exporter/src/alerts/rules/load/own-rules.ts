import { parsePromDuration } from '@valtronics/promql';
import { z } from 'zod';
import { compileRule } from './compile.ts';
import type { AlertingRule, RuleGroup } from './rule.ts';

const duration = z.string().refine((text) => parsePromDuration(text) !== undefined);

/** One rule of the settings (guide: `add_alert_rule`). */
const ownRuleSchema = z.strictObject({
  name: z.string().min(1),
  expression: z.string().min(1),
  for: duration.default('0s'),
  keep_firing_for: duration.default('0s'),
  severity: z.string().min(1).default('warning'),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
});
export type OwnRule = z.output<typeof ownRuleSchema>;

function ruleOf(own: OwnRule): AlertingRule {
  return {
    kind: 'alerting',
    name: own.name,
    expression: own.expression.trim(),
    holdFor: parsePromDuration(own.for) ?? 0,
    keepFiringFor: parsePromDuration(own.keep_firing_for) ?? 0,
    labels: { ...own.labels, severity: own.severity },
    annotations: own.annotations,
  };
}

/** What the environment gives as JSON. Anything that is no JSON stays a text, which the schema refuses. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The option `rules.own`: a list, in the environment as JSON. A rule that cannot be evaluated is refused. */
export function ownRulesOption() {
  return z
    .union([z.array(z.unknown()), z.string().transform(fromJson)])
    .pipe(z.array(ownRuleSchema))
    .superRefine((rules, context) => {
      for (const rule of rules) {
        const { refusal } = compileRule(ruleOf(rule));
        if (refusal !== undefined)
          context.addIssue({
            code: 'custom',
            message: `must be rules that can be evaluated; ${rule.name}: ${refusal}`,
          });
      }
    })
    .prefault([])
    .meta({
      allowed:
        'a list of {name, expression, for, keep_firing_for, severity, labels, annotations}, in the environment as JSON; only name and expression are needed',
    });
}

/** The settings' own rules as a group. */
export function ownGroup(rules: readonly OwnRule[]): RuleGroup {
  return { name: 'own', origin: 'rules.own', interval: undefined, rules: rules.map(ruleOf) };
}
