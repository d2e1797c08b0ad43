import { childrenOf, type Expression, isComparison, parseExpression } from '@valtronics/promql';
import { type AlertRule, readRules } from '../../../scripts/generate/prometheus-rules.ts';

const { alerts } = readRules();

/** A comparison with a number that an alert's expression makes. */
export interface Limit {
  /** The series that is compared, where it is one alone and not the outcome of a calculation. */
  readonly metric: string | undefined;
  readonly value: number;
}

/** The alerts of that name, of which there are several where severities differ. Throws where there is none. */
export function alertRules(name: string): readonly [AlertRule, ...AlertRule[]] {
  const [first, ...others] = alerts.filter(({ alert }) => alert === name);
  if (first === undefined) throw new Error(`there is no alert ${name} in the rules`);
  return [first, ...others];
}

/** Outer comparisons before the inner ones, otherwise from left to right. */
function limitsIn(expression: Expression): Limit[] {
  const inner = childrenOf(expression).flatMap(limitsIn);
  if (expression.kind !== 'binary' || !isComparison(expression.operator)) return inner;
  const { left, right } = expression;
  if (right.kind !== 'number') return inner;
  return [{ metric: left.kind === 'selector' ? left.metric : undefined, value: right.value }, ...inner];
}

/** The comparisons with numbers in the alert's expression: outer ones first, otherwise from left to right. */
export function limitsOf(alert: AlertRule): readonly Limit[] {
  return limitsIn(parseExpression(alert.expr));
}

/** The number that the alert's value is compared with. Throws where there is none. */
export function thresholdOf(name: string): number {
  const [limit] = limitsOf(alertRules(name)[0]);
  if (limit === undefined) throw new Error(`alert ${name} compares nothing with a number`);
  return limit.value;
}

/** A link to what the runbooks of the alerts say, in Markdown. */
export function runbookLinks(names: readonly string[]): string {
  return names.map((name) => `[${name}](${alertRules(name)[0].annotations.runbook_url})`).join(', ');
}

/** The file systems that DiskSpaceLow watches, as its rule says it: those that are on a disk. */
export function spaceMatcher(): string {
  const matcher = /fstype!~"[^"]+"/.exec(alertRules('DiskSpaceLow')[0].expr)?.[0];
  if (matcher === undefined) throw new Error('DiskSpaceLow leaves no types of file systems out');
  return matcher;
}
