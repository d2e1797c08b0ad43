import type { AlertRule, RuleOrigin } from './rule';

/** Which rules are shown; an empty part lets everything through. */
export interface RuleFilter {
  /** Words that each stand in name, group, expression, a label or an annotation, in any case. */
  readonly text: string;
  readonly states: readonly RuleShowState[];
  readonly severities: readonly string[];
  readonly origins: readonly RuleOrigin[];
}

/** States as people look for them: a rule that cannot be evaluated is an error, whatever it was before. */
export const RULE_SHOW_STATES = [
  'error',
  'firing',
  'nodata',
  'recovering',
  'pending',
  'inactive',
  'unknown',
] as const;
export type RuleShowState = (typeof RULE_SHOW_STATES)[number];

/** Label `severity` as found; empty when there is none. */
export function ruleSeverity({ labels }: AlertRule): string {
  return labels.severity ?? '';
}

export function ruleShowState({ state, health, lastError }: AlertRule): RuleShowState {
  // The exporter says that it cannot evaluate a rule here by `unknown` with health `err`.
  if (state === 'unknown') return 'unknown';
  if (health === 'err' || health === 'error' || (lastError ?? '') !== '') return 'error';
  // Grafana's word for a query that finds nothing; what the rule makes of it is its state.
  return health === 'nodata' && state !== 'pending' ? 'nodata' : state;
}

/** Rules can share a name: burn rates have one for each pair of windows. Their place in the list tells them apart. */
export function ruleKey(rule: AlertRule): string {
  return [rule.origin, rule.group, rule.name, String(rule.holdSeconds), rule.expression].join('\n');
}

function textOf({ name, group, expression, labels, annotations }: AlertRule): string {
  return [name, group, expression, ...Object.values(labels), ...Object.values(annotations)]
    .join('\n')
    .toLowerCase();
}

/** The rules that the filter lets through, in their order. */
export function filterRules(rules: readonly AlertRule[], filter: RuleFilter): AlertRule[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rules.filter((rule) => {
    if (filter.origins.length > 0 && !filter.origins.includes(rule.origin)) return false;
    if (filter.severities.length > 0 && !filter.severities.includes(ruleSeverity(rule))) return false;
    if (filter.states.length > 0 && !filter.states.includes(ruleShowState(rule))) return false;
    if (words.length === 0) return true;
    const text = textOf(rule);
    return words.every((word) => text.includes(word));
  });
}

/** Rules that are evaluated together. */
export interface RuleGroup {
  readonly origin: RuleOrigin;
  readonly name: string;
  readonly rules: readonly AlertRule[];
}

/** The rules by group, in the order in which their engines list them. */
export function groupRules(rules: readonly AlertRule[]): RuleGroup[] {
  const groups = new Map<string, { origin: RuleOrigin; name: string; rules: AlertRule[] }>();
  for (const rule of rules) {
    const key = `${rule.origin}\n${rule.group}`;
    const group = groups.get(key) ?? { origin: rule.origin, name: rule.group, rules: [] };
    group.rules.push(rule);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** How many rules are in each state. */
export function countStates(rules: readonly AlertRule[]): Readonly<Record<RuleShowState, number>> {
  const counts = { error: 0, firing: 0, nodata: 0, recovering: 0, pending: 0, inactive: 0, unknown: 0 };
  for (const rule of rules) counts[ruleShowState(rule)] += 1;
  return counts;
}
