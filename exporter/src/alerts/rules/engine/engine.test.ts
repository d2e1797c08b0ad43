import { describe, expect, it } from '@jest/globals';
import { labelsFrom, run } from '@valtronics/promql';
import { recordingLogger } from '../../../../test/support/http.ts';
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
    const plan = planRules([fast, slow], {
      history: MINUTE,
      lookback: MINUTE,
      isProvided: () => true,
      job: 'valtronics-api',
    });
    const store = createSampleStore({ keep: plan.keep, maxSeries: 2, maxSamples: 100 });
    let time = 0;
    const engine = createRuleEngine({
      ...{ plan, store, interval: 15_000, lookback: MINUTE, externalUrl: '', logger: recordingLogger() },
      clock: () => time,
    });
    const writer = store.writer();
    writer.begin(0);
    for (const n of ['1', '2', '3']) writer.put(n, 'many', () => ({ n }), 1);
    const rounds = [0, 15_000, 30_000, 59_500].map((at) => {
      time = at;
      return run(engine.evaluate(at));
    });
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

  it('lets a rule with too many alerts fail alone, and looks back as far as its group says', () => {
    const groups = parseRuleFile(
      `groups:
  - {name: small, limit: 1, rules: [{alert: Many, expr: 'a or b'}, {alert: One, expr: a}]}
  - {name: late, query_offset: 2m, rules: [{alert: Late, expr: a > 1}]}`,
      'g.yml',
    );
    const { engine, advance } = rehearse(
      groups,
      caseOf({ 'a{x="1"}': '1 1 2 2 2 2', 'b{x="2"}': '1x9' }),
      MINUTE,
    );
    advance(3 * MINUTE);
    const [many, one, late] = engine.views();
    expect(many).toMatchObject({
      state: 'unknown',
      lastError: expect.stringContaining('limit of 1 with 2 alerts'),
    });
    expect([one?.state, late?.state]).toEqual(['firing', 'inactive']);
    advance(4 * MINUTE);
    expect(engine.views()[2]?.state).toBe('firing');
  });

  it('tells rules of one name apart by their place, whatever their labels', () => {
    const groups = groupsOf(
      '{alert: Twin, expr: a > 0, labels: {severity: warning}}, {alert: Twin, expr: a > 5, labels: {severity: critical}}',
    );
    const first = rehearse(groups, caseOf({ a: '9x9' }), MINUTE);
    first.advance(0);
    const remembered = first.engine.remembered();
    expect(new Set(remembered.map(({ key }) => key)).size).toBe(2);
    const renamed = groupsOf(
      '{alert: Twin, expr: a > 0, labels: {severity: info}}, {alert: Twin, expr: a > 5, labels: {severity: critical}}',
    );
    const second = rehearse(renamed, caseOf({ a: '_x9' }), MINUTE);
    second.engine.restore(remembered, () => MINUTE);
    expect(firing(second.engine)).toEqual(firing(first.engine));
  });

  it('goes on when the wall clock is set, as if it had not been', () => {
    const HOUR = 3_600_000;
    const [group] = groupsOf('{alert: Slow, expr: "a == 0", for: 5m}');
    if (group === undefined) throw new Error('the group is missing');
    const plan = planRules([group], { history: HOUR, lookback: 300_000, isProvided: () => true, job: 'j' });
    const store = createSampleStore({ keep: plan.keep, maxSeries: 10, maxSamples: 1000 });
    let steady = 0;
    const engine = createRuleEngine({
      ...{ plan, store, interval: MINUTE, lookback: 300_000, externalUrl: '', logger: recordingLogger() },
      clock: () => steady,
    });
    const writer = store.writer();
    const states: (string | undefined)[] = [];
    for (let minute = 0; minute <= 6; minute += 1) {
      steady = minute * MINUTE;
      const set = minute < 3 ? 2 * HOUR : HOUR;
      if (minute === 3) engine.shift(-HOUR);
      writer.begin(set + steady);
      writer.put('a', 'a', () => labelsFrom([]), 0);
      run(writer.finish());
      run(engine.evaluate(set + steady));
      states.push(engine.views()[0]?.state);
    }
    expect(states).toEqual(['pending', 'pending', 'pending', 'pending', 'pending', 'firing', 'firing']);
    expect(engine.views()[0]?.instances[0]?.since).toBe(HOUR);
  });

  it('ends a rule that takes too long, and evaluates the next', () => {
    const [group] = groupsOf(
      '{alert: Slow, expr: "count_over_time(a[5m:1s]) > 0"}, {alert: Fast, expr: "b > 0"}',
    );
    if (group === undefined) throw new Error('the group is missing');
    const plan = planRules([group], {
      history: 3_600_000,
      lookback: 300_000,
      isProvided: () => true,
      job: 'j',
    });
    const store = createSampleStore({ keep: plan.keep, maxSeries: 10_000, maxSamples: 1_000_000 });
    const writer = store.writer();
    writer.begin(0);
    for (let n = 0; n < 200; n += 1) writer.put(`a${n}`, 'a', () => labelsFrom([['n', String(n)]]), 1);
    writer.put('b', 'b', () => labelsFrom([]), 1);
    run(writer.finish());
    let steady = 0;
    const engine = createRuleEngine({
      ...{ plan, store, interval: 15_000, lookback: 300_000, externalUrl: '', logger: recordingLogger() },
      // Every look at the clock is six seconds later.
      clock: () => (steady += 6000),
    });
    run(engine.evaluate(0));
    expect(engine.views().map(({ name, state, lastError }) => [name, state, lastError])).toEqual([
      ['Slow', 'unknown', expect.stringContaining('took longer than 15 s')],
      ['Fast', 'firing', null],
    ]);
  });

  it('keeps an unexpected fault of one rule from the others', () => {
    const groups = groupsOf('{alert: Odd, expr: "broken > 0"}, {alert: Fine, expr: "a > 0"}');
    const plan = planRules(groups, { history: MINUTE, lookback: MINUTE, isProvided: () => true, job: 'j' });
    const store = createSampleStore({ keep: plan.keep, maxSeries: 10, maxSamples: 100 });
    const writer = store.writer();
    writer.begin(0);
    writer.put('a', 'a', () => labelsFrom([]), 1);
    run(writer.finish());
    const faulty = {
      ...store,
      size: store.size,
      series: (metric: string) => {
        if (metric === 'broken') throw new TypeError('a fault of ours');
        return store.series(metric);
      },
    };
    const logger = recordingLogger();
    const engine = createRuleEngine({
      ...{ plan, store: faulty, interval: MINUTE, lookback: MINUTE, externalUrl: '', logger },
      clock: () => 0,
    });
    run(engine.evaluate(0));
    expect(engine.views().map(({ state }) => state)).toEqual(['unknown', 'firing']);
    expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });
});
