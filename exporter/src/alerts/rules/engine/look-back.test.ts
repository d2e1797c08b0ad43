import { describe, expect, it } from '@jest/globals';
import { parseRuleFile } from '../load/rule-file.ts';
import { lookBacks } from './look-back.ts';
import { planRules } from './plan.ts';

const MINUTE = 60_000;

function backs(rules: string): (number | undefined)[] {
  const groups = parseRuleFile(`groups: [{name: g, rules: [${rules}]}]`, 'g.yml');
  const plan = planRules(groups, {
    history: 1e12,
    lookback: 0,
    isProvided: () => true,
    job: 'valtronics-api',
  });
  const planned = plan.groups.flatMap((group) => group.rules);
  const backOf = lookBacks(planned);
  return planned.map(({ program }) => (program === undefined ? undefined : backOf(program) / MINUTE));
}

describe('lookBacks', () => {
  it('adds what recording rules look back to what is asked of them, in whatever order they stand', () => {
    expect(
      backs(
        '{alert: A, expr: c > 0}, {record: c, expr: "avg_over_time(b[10m])"}, {record: b, expr: "rate(a[5m])"}, {alert: B, expr: a > b or vector(1)}',
      ),
    ).toEqual([15, 15, 5, 5]);
  });

  it('is nothing for what is seen at a glance, and ends for a rule that builds on itself', () => {
    expect(backs('{alert: A, expr: a > 0}')).toEqual([0]);
    expect(backs('{record: r, expr: r + 1}, {record: s, expr: "max_over_time(s[1m])"}')).toEqual([
      0,
      expect.any(Number),
    ]);
  });
});
