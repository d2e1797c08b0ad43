import type { Selector } from '@valtronics/promql';
import { type Compiled, compileRule, type Program } from '../load/compile.ts';
import type { Rule, RuleGroup } from '../load/rule.ts';

/** A rule with what evaluating it needs, or why it is not evaluated. */
export type PlannedRule = Compiled & { readonly rule: Rule };

export interface PlannedGroup {
  readonly group: RuleGroup;
  readonly rules: readonly PlannedRule[];
}

export interface Plan {
  readonly groups: readonly PlannedGroup[];
  /** Milliseconds of history to keep by metric, lookback included; 0: the newest sample is enough. */
  readonly keep: ReadonlyMap<string, number>;
}

export interface PlanOptions {
  /** Most history, milliseconds: rules that look back further are not evaluated. */
  readonly history: number;
  /** How old a sample may be that an instant selector shows, milliseconds. */
  readonly lookback: number;
  /** Whether a metric that no rule records comes from somewhere. */
  readonly isProvided: (metric: string) => boolean;
  /** The job that everything scraped here has. */
  readonly job: string;
}

const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
];

/** A duration in Prometheus' spelling, e.g. `3d` or `1h30m`. */
export function showDuration(milliseconds: number): string {
  let rest = milliseconds;
  let text = '';
  for (const [size, unit] of UNITS) {
    const amount = Math.floor(rest / size);
    if (amount > 0) text += `${amount}${unit}`;
    rest -= amount * size;
  }
  return text === '' ? '0s' : text;
}

/** What rules themselves write has the labels that they give it. */
const FROM_RULES: ReadonlySet<string> = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

/** Metrics that recording rules make, each with why it cannot be relied on; undefined where it can. */
type Recorded = ReadonlyMap<string, string | undefined>;

/** A job that the selector asks for and nothing here has; `absent` of it would fire for ever. */
function unseenJob({ metric, matchers }: Selector, recorded: Recorded, job: string): string | undefined {
  if (metric !== undefined && (recorded.has(metric) || FROM_RULES.has(metric))) return undefined;
  const unseen = matchers.find(({ label, matches }) => label === 'job' && !matches(job));
  return unseen === undefined ? undefined : `job${unseen.operator}${JSON.stringify(unseen.value)}`;
}

function complaintOf(
  { needs, selectors }: Program,
  recorded: Recorded,
  { history, isProvided, job }: PlanOptions,
): string | undefined {
  for (const selector of selectors) {
    const unseen = unseenJob(selector, recorded, job);
    if (unseen !== undefined)
      return `${selector.metric ?? ''}{${unseen}} is of a job that nothing here scrapes, all that is seen here has job=${JSON.stringify(job)} (rules.job): use Prometheus for this rule`;
  }
  for (const [metric, back] of needs) {
    if (back > history)
      return `needs ${showDuration(back)} of history of ${metric}, this exporter keeps ${showDuration(history)} (rules.history): use Prometheus for this rule`;
    const problem = recorded.get(metric);
    if (problem !== undefined) return `needs ${metric}, which is not recorded: ${problem}`;
    if (!recorded.has(metric) && !isProvided(metric))
      return `no source here provides ${metric}: use Prometheus for this rule`;
  }
  return undefined;
}

function recordedBy(rules: readonly PlannedRule[]): Recorded {
  const recorded = new Map<string, string | undefined>();
  for (const { rule, refusal } of rules)
    if (rule.kind === 'recording') recorded.set(rule.name, recorded.get(rule.name) ?? refusal);
  return recorded;
}

function refusalsIn(groups: readonly PlannedGroup[]): number {
  return groups.flatMap(({ rules }) => rules).filter(({ refusal }) => refusal !== undefined).length;
}

/** Refuses what needs something that is missing, until nothing else depends on what was refused. */
function settle(groups: readonly PlannedGroup[], options: PlanOptions): readonly PlannedGroup[] {
  const recorded = recordedBy(groups.flatMap(({ rules }) => rules));
  const next = groups.map(({ group, rules }) => ({
    group,
    rules: rules.map((planned): PlannedRule => {
      if (planned.program === undefined) return planned;
      const refusal = complaintOf(planned.program, recorded, options);
      return refusal === undefined ? planned : { rule: planned.rule, program: undefined, refusal };
    }),
  }));
  return refusalsIn(next) > refusalsIn(groups) ? settle(next, options) : next;
}

/** Decides which rules can be evaluated here and what has to be kept for them. */
export function planRules(groups: readonly RuleGroup[], options: PlanOptions): Plan {
  const compiled = groups.map((group) => ({
    group,
    rules: group.rules.map((rule) => ({ ...compileRule(rule), rule })),
  }));
  const settled = settle(compiled, options);
  const keep = new Map<string, number>();
  for (const { program } of settled.flatMap(({ rules }) => rules))
    for (const [metric, back] of program?.needs ?? [])
      keep.set(metric, Math.max(keep.get(metric) ?? 0, back === 0 ? 0 : back + options.lookback));
  return { groups: settled, keep };
}
