import { evaluate, EvaluationError, labelsFrom, labelsKey, type Work } from '@valtronics/promql';
import { messageOf } from '../../../base/errors.ts';
import type { AlertingRule, RuleGroup } from '../load/rule.ts';
import type { RuleView } from '../rule-view.ts';
import type { SampleStore, SampleWriter } from '../samples/sample-store.ts';
import { type AlertInstance, type Instances, nextInstances } from './alert-instances.ts';
import { holdingOf, recordedSeries } from './holding.ts';
import { lookBacks } from './look-back.ts';
import type { Plan, PlannedRule } from './plan.ts';
import { type Evaluated, ruleView } from './rule-state.ts';

export interface EngineOptions {
  readonly plan: Plan;
  readonly store: SampleStore;
  /** Time between evaluations of groups that name none, milliseconds. */
  readonly interval: number;
  /** How old a sample may be that an instant selector shows, milliseconds. */
  readonly lookback: number;
  /** A clock that only rises, for how long evaluations take, milliseconds. */
  readonly clock: () => number;
}

/** Instances of a rule, to be remembered or taken up again. */
export interface RememberedRule {
  /** Tells rules apart: group, name and labels. */
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
  /** When it was evaluated last, milliseconds since the epoch. */
  last: number | undefined;
}

/** Whether the group is due; a little early is in time, as clocks and timers do not agree. */
function isDue(last: number | undefined, interval: number, now: number): boolean {
  return last === undefined || now - last >= interval * 0.9;
}

/** Evaluates rules over the samples of the store, as Prometheus would, and keeps what became of each alert. */
export function createRuleEngine({ plan, store, interval, lookback, clock }: EngineOptions): RuleEngine {
  const groups = plan.groups.map(({ group, rules }): GroupEntry => ({
    group,
    last: undefined,
    entries: rules.map((planned): Entry => ({
      planned,
      key: JSON.stringify([group.name, planned.rule.name, planned.rule.labels]),
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

  function* evaluateEntry(entry: Entry, now: number, groupInterval: number): Work<void> {
    const { rule, program } = entry.planned;
    if (program === undefined) return;
    const lost = [...program.needs.keys()].find((metric) => store.givenUp.has(metric));
    if (lost !== undefined)
      throw new EvaluationError(
        `${lost} needs more room than rules.max_series and rules.max_samples give: raise them or use Prometheus`,
      );
    const context = { source: store, time: now, lookback, interval: groupInterval };
    const value = yield* evaluate(program.expression, context);
    if (rule.kind === 'recording') {
      const results = yield* recordedSeries(program, value, now);
      entry.writer.begin(now);
      for (const { labels, value: sample } of results)
        entry.writer.put(labelsKey(labels), rule.name, () => labels, sample);
      yield* entry.writer.finish();
      return;
    }
    const holding = yield* holdingOf(rule.name, program, value, now);
    entry.instances = nextInstances(entry.instances, holding, now, rule, entry.patientUntil);
    yield* writeAlerts(entry, now);
  }

  /** An evaluation that fails leaves the alerts as they are, as in Prometheus. */
  function* attempt(entry: Entry, now: number, groupInterval: number): Work<boolean> {
    const began = clock();
    let error: string | undefined;
    try {
      yield* evaluateEntry(entry, now, groupInterval);
    } catch (caught) {
      if (!(caught instanceof EvaluationError)) throw caught;
      error = messageOf(caught);
    }
    entry.evaluated = { at: now, took: clock() - began, error };
    return error === undefined;
  }

  function* evaluateGroups(now: number): Work<Round> {
    let evaluations = 0;
    let failures = 0;
    for (const group of groups) {
      const groupInterval = group.group.interval ?? interval;
      if (!isDue(group.last, groupInterval, now)) continue;
      group.last = now;
      for (const entry of group.entries) {
        if (entry.planned.program === undefined) continue;
        evaluations += 1;
        if (!(yield* attempt(entry, now, groupInterval))) failures += 1;
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
