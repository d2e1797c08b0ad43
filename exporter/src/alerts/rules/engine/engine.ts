import {
  type Context,
  endWhen,
  evaluate,
  EvaluationError,
  ExpressionError,
  labelsFrom,
  labelsKey,
  parseExpression,
  vectorOf,
  type Work,
} from '@valtronics/promql';
import { messageOf } from '../../../base/errors.ts';
import type { Logger } from '../../../log/logger.ts';
import type { AlertingRule, RuleGroup } from '../load/rule.ts';
import type { RuleView } from '../rule-view.ts';
import type { SampleStore, SampleWriter } from '../samples/sample-store.ts';
import type { FunctionContext } from '../template/functions.ts';
import { ExecutionError } from '../template/value.ts';
import {
  type AlertInstance,
  type Instances,
  instancesDiffer,
  nextInstances,
  shiftInstance,
} from './alert-instances.ts';
import { lookBacks } from './look-back.ts';
import type { Plan, PlannedRule } from './plan.ts';
import { alertsOf, recordedSeries } from './rule-results.ts';
import { type Evaluated, ruleView } from './rule-state.ts';

export interface EngineOptions {
  readonly plan: Plan;
  readonly store: SampleStore;
  /** Time between evaluations of groups that name none, milliseconds. */
  readonly interval: number;
  /** How old a sample may be that an instant selector shows, milliseconds. */
  readonly lookback: number;
  /** Whether ranges are those of Prometheus 3. */
  readonly leftOpen?: boolean;
  /** A clock that only rises, for what is due and for how long evaluations take, milliseconds. */
  readonly clock: () => number;
  /** Where people reach the exporter, for the texts of alerts. */
  readonly externalUrl: string;
  readonly logger: Logger;
}

/** Instances of a rule, to be remembered or taken up again. */
export interface RememberedRule {
  /** Tells rules apart: group, name and which of that name it is. */
  readonly key: string;
  readonly instances: readonly AlertInstance[];
}

/** What one round of evaluations came to. */
export interface Round {
  readonly evaluations: number;
  readonly failures: number;
}

export interface RuleEngine {
  /** Evaluates the groups that are due at `now`, milliseconds since the epoch; pauses now and then. */
  evaluate(now: number): Work<Round>;
  /** Every alert that fires now, of whichever rule. */
  firing(): readonly { readonly name: string; readonly instance: AlertInstance }[];
  views(): readonly RuleView[];
  remembered(): readonly RememberedRule[];
  /** Rises whenever something changes in what is remembered. */
  version(): number;
  /** Says that the wall clock was set by so many milliseconds: what lasted goes on lasting. */
  shift(by: number): void;
  /**
   * Takes instances up. Firing ones stay, even though their condition seems not to hold, until the moment that
   * `patientUntil` gives for how far back their rule looks (milliseconds; the moment since the epoch).
   */
  restore(rules: readonly RememberedRule[], patientUntil: (back: number) => number): void;
}

/** A rule at work. */
interface Entry {
  readonly planned: PlannedRule;
  readonly key: string;
  readonly writer: SampleWriter;
  instances: Instances;
  /** Until when firing instances of an earlier run are believed. */
  patientUntil: number;
  evaluated: Evaluated | undefined;
}

interface GroupEntry {
  readonly group: RuleGroup;
  readonly entries: readonly Entry[];
  /** When it was evaluated last, by the clock that only rises. */
  last: number | undefined;
}

/** Whether the group is due; a little early is in time, as clocks and timers do not agree. */
function isDue(last: number | undefined, interval: number, now: number): boolean {
  return last === undefined || now - last >= interval * 0.9;
}

/** A rule that takes longer ends, unless its group's interval is longer still; milliseconds. */
const MOST_TIME = 10_000;

/** Keys of rules: rules of one name in one group are told apart by their order. */
function createKeys(): (group: string, name: string) => string {
  const counts = new Map<string, number>();
  return (group, name) => {
    const key = JSON.stringify([group, name]);
    const place = (counts.get(key) ?? 0) + 1;
    counts.set(key, place);
    return JSON.stringify([group, name, place]);
  };
}

/** Evaluates rules over the samples of the store, as Prometheus would, and keeps what became of each alert. */
export function createRuleEngine(options: EngineOptions): RuleEngine {
  const { plan, store, interval, lookback, leftOpen = false, clock } = options;
  const keyOf = createKeys();
  let version = 0;
  const groups = plan.groups.map(({ group, rules }): GroupEntry => ({
    group,
    last: undefined,
    entries: rules.map((planned): Entry => ({
      planned,
      key: keyOf(group.name, planned.rule.name),
      writer: store.writer(),
      instances: new Map(),
      patientUntil: 0,
      evaluated: undefined,
    })),
  }));
  const entries = groups.flatMap((group) => group.entries);
  const backOf = lookBacks(entries.map(({ planned }) => planned));

  /** What Prometheus writes about alerts, where a rule asks for it. */
  function* writeAlerts({ writer, instances }: Entry, now: number): Work<void> {
    if (!store.keeps('ALERTS') && !store.keeps('ALERTS_FOR_STATE')) return;
    writer.begin(now);
    for (const { labels, state, activeAt } of instances.values()) {
      const withState = labelsFrom([...Object.entries(labels), ['alertstate', state] as const]);
      writer.put(`ALERTS{${labelsKey(withState)}`, 'ALERTS', () => withState, 1);
      writer.put(`FOR{${labelsKey(labels)}`, 'ALERTS_FOR_STATE', () => labels, Math.floor(activeAt / 1000));
    }
    yield* writer.finish();
  }

  /** What templates may ask at the moment of the evaluation. */
  function functionContext(context: Context, now: number): FunctionContext {
    return {
      externalUrl: options.externalUrl,
      now,
      *query(expression) {
        try {
          const samples = vectorOf(yield* evaluate(parseExpression(expression), context));
          return samples.map(({ name, labels, value }) => ({
            name,
            labels: new Map(Object.entries(labels)),
            value,
          }));
        } catch (error) {
          if (error instanceof EvaluationError || error instanceof ExpressionError)
            throw new ExecutionError(`query ${JSON.stringify(expression)}: ${error.message}`);
          throw error;
        }
      },
    };
  }

  function* evaluateEntry(
    entry: Entry,
    { interval: own = interval, queryOffset, limit }: RuleGroup,
    now: number,
  ): Work<void> {
    const { rule, program } = entry.planned;
    if (program === undefined) return;
    const lost = [...program.needs.keys()].find((metric) => store.givenUp.has(metric));
    if (lost !== undefined)
      throw new EvaluationError(
        `${lost} needs more room than rules.max_series and rules.max_samples give: raise them or use Prometheus`,
      );
    const time = now - queryOffset;
    const context = { source: store, time, lookback, interval, leftOpen };
    const results = { time, limit, context: functionContext(context, now) };
    const began = clock();
    const most = Math.max(MOST_TIME, own);
    const inTime = <T>(work: Work<T>): Work<T> =>
      endWhen(work, () =>
        clock() - began > most
          ? `took longer than ${most / 1000} s and was ended: make its expression simpler`
          : undefined,
      );
    const value = yield* inTime(evaluate(program.expression, context));
    if (rule.kind === 'recording') {
      const series = yield* inTime(recordedSeries(program, value, results));
      entry.writer.begin(now);
      for (const { labels, value: sample } of series)
        entry.writer.put(labelsKey(labels), rule.name, () => labels, sample);
      yield* entry.writer.finish();
      return;
    }
    const found = yield* inTime(alertsOf(rule.name, program, value, results));
    const next = nextInstances(entry.instances, found, now, rule, entry.patientUntil);
    if (instancesDiffer(entry.instances, next)) version += 1;
    entry.instances = next;
    yield* writeAlerts(entry, now);
  }

  /** An evaluation that fails leaves the alerts as they are, as in Prometheus, and stops no other rule. */
  function* attempt(entry: Entry, group: RuleGroup, now: number): Work<boolean> {
    const began = clock();
    let error: string | undefined;
    try {
      yield* evaluateEntry(entry, group, now);
    } catch (caught) {
      error = messageOf(caught);
      // A fault of ours, not of the rule: shown with the rule all the same, and told to whoever can mend it.
      if (!(caught instanceof EvaluationError) && entry.evaluated?.error !== error)
        options.logger.error(
          { rule: entry.planned.rule.name, error, stack: caught instanceof Error ? caught.stack : undefined },
          'a rule failed unexpectedly',
        );
    }
    entry.evaluated = { at: now, took: clock() - began, error };
    return error === undefined;
  }

  function* evaluateGroups(now: number): Work<Round> {
    let evaluations = 0;
    let failures = 0;
    for (const entry of groups) {
      const at = clock();
      if (!isDue(entry.last, entry.group.interval ?? interval, at)) continue;
      entry.last = at;
      for (const rule of entry.entries) {
        if (rule.planned.program === undefined) continue;
        evaluations += 1;
        if (!(yield* attempt(rule, entry.group, now))) failures += 1;
        yield;
      }
    }
    return { evaluations, failures };
  }

  function alertingOf({ planned: { rule } }: Entry): AlertingRule | undefined {
    return rule.kind === 'alerting' ? rule : undefined;
  }

  return {
    evaluate: evaluateGroups,
    firing: () =>
      entries.flatMap(({ planned: { rule }, instances }) =>
        [...instances.values()]
          .filter(({ state }) => state === 'firing')
          .map((instance) => ({ name: rule.name, instance })),
      ),
    views: () =>
      groups.flatMap(({ group, entries: own }) =>
        own.flatMap((entry) => {
          const rule = alertingOf(entry);
          return rule === undefined
            ? []
            : [ruleView(group.name, rule, entry.planned, entry.instances, entry.evaluated)];
        }),
      ),
    remembered: () =>
      entries
        .filter(({ instances }) => instances.size > 0)
        .map(({ key, instances }) => ({ key, instances: [...instances.values()] })),
    version: () => version,
    shift: (by) => {
      version += 1;
      store.shift(by);
      for (const entry of entries) {
        entry.patientUntil += by;
        entry.instances = new Map(
          [...entry.instances].map(([key, instance]) => [key, shiftInstance(instance, by)]),
        );
        if (entry.evaluated !== undefined)
          entry.evaluated = { ...entry.evaluated, at: entry.evaluated.at + by };
      }
    },
    restore: (rules, patientUntil) => {
      const byKey = new Map(rules.map((rule) => [rule.key, rule.instances]));
      for (const entry of entries) {
        const { program } = entry.planned;
        if (program === undefined) continue;
        entry.patientUntil = patientUntil(backOf(program));
        const instances = byKey.get(entry.key) ?? [];
        entry.instances = new Map(instances.map((instance) => [labelsKey(instance.labels), instance]));
      }
    },
  };
}
