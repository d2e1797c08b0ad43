import { describe, expect, it } from '@jest/globals';
import type { InstantRow } from '../../../api/prometheusShapes';
import { alertRule } from '../../../domain/alerts/rule.fixture';
import { knownInstances, wouldFire } from './ruleInstances';
import { isBeyond, readWorstValues, worstFirst, worstValuesQuery } from './ruleValues';
import { COMPARISONS, type Comparison } from '../../../domain/alerts/ruleThresholds';

const threshold = (comparison: Comparison, limit: number) => ({ expression: 'a', comparison, limit });

describe('one question for the values of many rules', () => {
  it('asks for the value nearest to firing of each', () => {
    expect(worstValuesQuery(['a > 1', 'absent(b)', 'c < 2', 'up == 0', 'd == 3'])).toBe(
      [
        'label_replace(topk(1, (a)), "valtronics_rule_place", "0", "", "")',
        'label_replace(bottomk(1, (c)), "valtronics_rule_place", "2", "", "")',
        'label_replace(bottomk(1, (up)), "valtronics_rule_place", "3", "", "")',
        'label_replace(topk(1, (d)), "valtronics_rule_place", "4", "", "")',
      ].join(' or '),
    );
  });

  it('is none where no rule has a threshold', () => {
    expect(worstValuesQuery(['absent(b)', ''])).toBeUndefined();
  });

  it('is answered by place', () => {
    const rows: InstantRow[] = [
      { labels: { job: 'x', valtronics_rule_place: '4' }, value: 7 },
      { labels: { job: 'x' }, value: 8 },
    ];
    expect([...readWorstValues(rows)]).toEqual([[4, 7]]);
  });
});

describe('a value and its limit', () => {
  it.each([
    [1, [false, true, false, false, true, true]],
    [2, [true, false, false, true, false, true]],
    [3, [false, true, true, true, false, false]],
    [NaN, [false, true, false, false, false, false]],
  ])('%d compared with 2', (value, expected) => {
    expect(COMPARISONS.map((comparison) => isBeyond(value, threshold(comparison, 2)))).toEqual(expected);
  });

  it.each([
    ['>' as const, [9, 5, 1, NaN]],
    ['<' as const, [1, 5, 9, NaN]],
  ])('the nearest to firing come first for %s', (comparison, expected) => {
    const rows = [5, NaN, 9, 1].map((value) => ({ labels: {}, value }));
    expect(worstFirst(rows, threshold(comparison, 2)).map(({ value }) => value)).toEqual(expected);
  });
});

describe('what would fire now', () => {
  const rule = alertRule({
    instances: [
      {
        labels: { alertname: 'DevicesOffline', severity: 'warning', service: 'devices', job: 'a' },
        state: 'pending',
        value: '0.3',
        since: 500,
      },
    ],
  });

  it('is what the expression finds, with what the engine knows of it', () => {
    const rows: InstantRow[] = [
      { labels: { __name__: 'x', job: 'a' }, value: 0.3 },
      { labels: { job: 'b' }, value: 0.4 },
    ];
    expect(wouldFire(rule, rows)).toEqual([
      { labels: { job: 'a' }, value: '0.3', state: 'pending', since: 500 },
      { labels: { job: 'b' }, value: '0.4', state: 'new', since: null },
    ]);
  });

  it('matches labels in any order, and a label that the rule replaces', () => {
    const own = {
      ...rule,
      instances: [{ ...rule.instances[0], labels: { b: '2', a: '1', severity: 'warning' } }],
    };
    const instances = own.instances.map((one) => ({ value: '', since: 1, state: 'firing' as const, ...one }));
    expect(
      wouldFire({ ...rule, instances }, [{ labels: { a: '1', severity: 'info', b: '2' }, value: 1 }])[0]
        ?.since,
    ).toBe(500);
  });

  it('is what the engine says where nobody else can be asked', () => {
    expect(knownInstances(rule)).toEqual([
      { labels: { job: 'a' }, value: '0.3', state: 'pending', since: 500 },
    ]);
  });
});
