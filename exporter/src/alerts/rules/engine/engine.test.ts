import { describe, expect, it } from '@jest/globals';
import { run } from '@valtronics/promql';
import { rehearse, type RuleCase } from '../../../../test/support/rule-cases.ts';
import { parseRuleFile } from '../load/rule-file.ts';
import type { RuleGroup } from '../load/rule.ts';
import { createSampleStore } from '../samples/sample-store.ts';
import { createRuleEngine, type RuleEngine } from './engine.ts';
import { planRules } from './plan.ts';

const MINUTE = 60_000;

function groupsOf(rules: string): readonly RuleGroup[] {
  return parseRuleFile(`groups: [{name: g, rules: [${rules}]}]`, 'g.yml');
}

function caseOf(series: Readonly<Record<string, string>>): RuleCase {
  return {
    name: 'case',
    interval: MINUTE,
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: [],
    promql_expr_test: [],
  };
}

const firing = (engine: RuleEngine): string[] =>
  engine.firing().map(({ instance }) => JSON.stringify(instance.labels));

describe('createRuleEngine', () => {
  it('evaluates a group in order, so that an alert sees what was recorded a moment before', () => {
    const groups = groupsOf('{record: twice, expr: a * 2, labels: {by: us}}, {alert: A, expr: twice > 3}');
    const { engine, advance } = rehearse(
      groups,
      caseOf({ 'a{x="1"}': '1 2 1', 'a{x="2"}': '1 1 1' }),
      MINUTE,
    );
    advance(0);
    expect(firing(engine)).toEqual([]);
    advance(MINUTE);
    expect(firing(engine)).toEqual(['{"alertname":"A","by":"us","x":"1"}']);
    advance(2 * MINUTE);
    expect(firing(engine)).toEqual([]);
  });

  it('ends a recorded series with its cause, so that nobody sees it for five minutes more', () => {
    const groups = groupsOf('{record: kept, expr: a > 0}');
    const { advance, query } = rehearse(groups, caseOf({ a: '1 1 0' }), MINUTE);
    advance(MINUTE);
    expect(query('kept', MINUTE)).toHaveLength(1);
    advance(2 * MINUTE);
    expect(query('kept', 2 * MINUTE)).toEqual([]);
  });

  it('leaves alerts as they are when an evaluation fails, and says why', () => {
    const groups = groupsOf('{alert: A, expr: a + on (job) b}');
    const series = { 'a{job="x"}': '1x9', 'b{job="x", n="1"}': '1x9', 'b{job="x", n="2"}': '_ _ 1 stale' };
    const { engine, advance } = rehearse(groups, caseOf(series), MINUTE);
    advance(MINUTE);
    expect(engine.views()).toMatchObject([{ state: 'firing', health: 'ok', lastError: null }]);
    advance(2 * MINUTE);
    expect(engine.views()).toMatchObject([
      { state: 'firing', health: 'err', lastError: expect.stringContaining('many-to-many') },
    ]);
    advance(3 * MINUTE);
    expect(engine.views()).toMatchObject([{ state: 'firing', health: 'ok', lastError: null }]);
  });

  it('fails a rule whose labels make two results the same', () => {
    const groups = groupsOf('{alert: A, expr: a, labels: {x: one}}, {record: r, expr: a, labels: {x: one}}');
    const { engine, advance } = rehearse(groups, caseOf({ 'a{x="1"}': '1', 'a{x="2"}': '1' }), MINUTE);
    advance(0);
    expect(engine.views()[0]?.lastError).toContain('{alertname="A", x="one"}');
    expect(engine.firing()).toEqual([]);
  });

  it('is unknown before the first evaluation, pending while the condition is young', () => {
    const { engine, advance } = rehearse(
      groupsOf('{alert: A, expr: a > 0, for: 1m}'),
      caseOf({ a: '1 1' }),
      MINUTE,
    );
    expect(engine.views()).toMatchObject([{ state: 'unknown', health: 'unknown', lastEvaluation: null }]);
    advance(0);
    expect(engine.views()).toMatchObject([
      {
        state: 'pending',
        health: 'ok',
        lastEvaluation: 0,
        instances: [{ state: 'pending', value: '1', since: 0 }],
      },
    ]);
  });

  it('writes ALERTS for rules that ask for it', () => {
    const groups = groupsOf(
      '{alert: A, expr: a > 0, for: 1m}, {alert: B, expr: "ALERTS{alertname=\\"A\\", alertstate=\\"firing\\"} == 1"}',
    );
    const { engine, advance } = rehearse(groups, caseOf({ a: '1x9' }), MINUTE);
    advance(0);
    expect(firing(engine)).toEqual([]);
    advance(MINUTE);
    expect(firing(engine)).toEqual(['{"alertname":"A"}', '{"alertname":"B","alertstate":"firing"}']);
  });

  it('evaluates each group at its own interval, and says that a metric was given up', () => {
    const [fast] = parseRuleFile('groups: [{name: f, rules: [{alert: F, expr: up}]}]', 'f.yml');
    const [slow] = parseRuleFile(
      'groups: [{name: s, interval: 1m, rules: [{alert: S, expr: many}]}]',
      's.yml',
    );
    if (fast === undefined || slow === undefined) throw new Error('the groups are missing');
    const plan = planRules([fast, slow], { history: MINUTE, lookback: MINUTE, isProvided: () => true });
    const store = createSampleStore({ keep: plan.keep, maxSeries: 2, maxSamples: 100 });
    const engine = createRuleEngine({ plan, store, interval: 15_000, lookback: MINUTE, clock: () => 0 });
    const writer = store.writer();
    writer.begin(0);
    for (const n of ['1', '2', '3']) writer.put(n, 'many', () => ({ n }), 1);
    const rounds = [0, 15_000, 30_000, 59_500].map((time) => run(engine.evaluate(time)));
    expect(rounds.map(({ evaluations, failures }) => [evaluations, failures])).toEqual([
      [2, 1],
      [1, 0],
      [1, 0],
      [2, 1],
    ]);
    expect(engine.views()[1]).toMatchObject({
      state: 'unknown',
      lastError: expect.stringContaining('rules.max_series'),
    });
  });
});
