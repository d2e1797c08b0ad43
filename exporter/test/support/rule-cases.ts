import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { evaluate, parseExpression, parsePromDuration, run, type Sample, vectorOf } from '@valtronics/promql';
import { parse } from 'yaml';
import { z } from 'zod';
import { createRuleEngine, type RuleEngine } from '../../src/alerts/rules/engine/engine.ts';
import { planRules } from '../../src/alerts/rules/engine/plan.ts';
import { parseRuleFile } from '../../src/alerts/rules/load/rule-file.ts';
import type { RuleGroup } from '../../src/alerts/rules/load/rule.ts';
import { createSampleStore, type SampleStore } from '../../src/alerts/rules/samples/sample-store.ts';
import { recordingLogger } from './http.ts';
import { parseInputSeries, seriesOf } from './input-series.ts';

const duration = z.string().transform((text) => parsePromDuration(text) ?? NaN);
const texts = z.record(z.string(), z.string());

const alertCase = z.strictObject({
  alertname: z.string(),
  eval_time: duration,
  exp_alerts: z
    .array(z.strictObject({ exp_labels: texts.default({}), exp_annotations: texts.default({}) }))
    .default([]),
});
const expressionCase = z.strictObject({
  expr: z.string(),
  eval_time: duration,
  exp_samples: z.array(z.strictObject({ labels: z.string(), value: z.coerce.number() })).default([]),
});
const caseSchema = z.strictObject({
  name: z.string(),
  interval: duration,
  input_series: z.array(z.strictObject({ series: z.string(), values: z.string() })).default([]),
  alert_rule_test: z.array(alertCase).default([]),
  promql_expr_test: z.array(expressionCase).default([]),
});
const fileSchema = z.strictObject({
  rule_files: z.array(z.string()),
  evaluation_interval: duration,
  tests: z.array(caseSchema),
});

export type RuleCase = z.output<typeof caseSchema>;

/** A file for `promtool test rules`, with the rules that it is about. */
export interface RuleCases {
  readonly groups: readonly RuleGroup[];
  /** Milliseconds. */
  readonly interval: number;
  readonly cases: readonly RuleCase[];
}

export function readRuleCases(path: string): RuleCases {
  const {
    rule_files: files,
    evaluation_interval: interval,
    tests,
  } = fileSchema.parse(
    // Words stay words: 0x20 is promtool's notation, not a number.
    parse(readFileSync(path, 'utf8'), { schema: 'failsafe' }),
  );
  const groups = files.flatMap((file) => {
    const rules = resolve(dirname(path), file);
    return parseRuleFile(readFileSync(rules, 'utf8'), rules);
  });
  return { groups, interval, cases: tests };
}

const MONTH = 30 * 86_400_000;
const LOOKBACK = 300_000;

/** Rules over series that are known from beginning to end, evaluated step by step from time 0. */
export interface Rehearsal {
  readonly engine: RuleEngine;
  /** Evaluates every step up to the time, milliseconds. */
  advance(time: number): void;
  /** What the expression gives at the time. */
  query(expression: string, time: number): readonly Sample[];
}

export function rehearse(groups: readonly RuleGroup[], ruleCase: RuleCase, interval: number): Rehearsal {
  const plan = planRules(groups, {
    history: MONTH,
    lookback: LOOKBACK,
    isProvided: () => true,
    job: 'valtronics-api',
  });
  // An expression of a case may look further back than the rules do.
  const keep = new Map([...plan.keep.keys(), ...recordedNames(groups)].map((metric) => [metric, MONTH]));
  const recorded = createSampleStore({ keep, maxSeries: 1e6, maxSamples: 1e8 });
  const given = ruleCase.input_series.map(({ series, values }) =>
    parseInputSeries(series, values, ruleCase.interval),
  );
  const byMetric = new Map(
    given.map(({ metric }) => [metric, given.filter((input) => input.metric === metric).map(seriesOf)]),
  );
  const store: SampleStore = {
    keeps: recorded.keeps,
    givenUp: recorded.givenUp,
    size: recorded.size,
    writer: recorded.writer,
    endRound: recorded.endRound,
    shift: recorded.shift,
    series: (metric) => [...(byMetric.get(metric) ?? []), ...recorded.series(metric)],
  };
  let next = 0;
  const engine = createRuleEngine({
    ...{ plan, store, interval, lookback: LOOKBACK, externalUrl: '', logger: recordingLogger() },
    clock: () => next,
  });
  return {
    engine,
    advance: (time) => {
      for (; next <= time; next += interval) run(engine.evaluate(next));
    },
    query: (expression, time) =>
      vectorOf(
        run(evaluate(parseExpression(expression), { source: store, time, lookback: LOOKBACK, interval })),
      ),
  };
}

function recordedNames(groups: readonly RuleGroup[]): string[] {
  return groups.flatMap(({ rules }) =>
    rules.filter(({ kind }) => kind === 'recording').map(({ name }) => name),
  );
}
