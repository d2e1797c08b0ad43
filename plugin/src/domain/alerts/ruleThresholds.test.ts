import { describe, expect, it } from '@jest/globals';
import { ruleThresholds } from './ruleThresholds';

const words = (expression: string): string[] =>
  ruleThresholds(expression).map((found) => `${found.expression} ${found.comparison} ${found.limit}`);

describe('thresholds of a rule', () => {
  it.each([
    ['job:x:rate5m > 0.05', ['job:x:rate5m > 0.05']],
    [
      '100 - 100 * avg by (job) (rate(cpu{mode="idle"}[5m])) > 80',
      ['100 - 100 * avg by (job) (rate(cpu{mode="idle"}[5m])) > 80'],
    ],
    ['max by (job) (up{a="b > 3"}) == 0', ['max by (job) (up{a="b > 3"}) == 0']],
    ['((a)) <= -1.5', ['((a)) <= -1.5']],
    ['a != +Inf', ['a != Infinity']],
    ['a > bool (3)', ['a > 3']],
    ['a\n  >\n  10 # ten', ['a > 10']],
    ['a > 5 < 10', ['a > 5 < 10']],
  ])('are read from %s', (expression, expected) => {
    expect(words(expression)).toEqual(expected);
  });

  it('are all that `and` and `or` join', () => {
    expect(words('(a > 14.4 and b > 14.4) or (c > 6 and on (job) group_left () d > 6)')).toEqual([
      'a > 14.4',
      'b > 14.4',
      'c > 6',
      'd > 6',
    ]);
  });

  it('are not what `unless` leaves out', () => {
    expect(words('(100 * free / size < 10) unless readonly == 1')).toEqual(['100 * free / size < 10']);
  });

  it('are read behind a group modifier that names no labels', () => {
    expect(words('a > 1 and on (x) group_left (b > 2)')).toEqual(['a > 1', 'b > 2']);
  });

  it.each([
    'absent(up)',
    'topk(5, a > 3)',
    'a > b',
    'a > 2 * b',
    'a > ',
    '> 3',
    '3 > a',
    '',
    'a >',
    ')) > (3',
    'vector(1)',
  ])('are not made up for %s', (expression) => {
    expect(ruleThresholds(expression)).toEqual([]);
  });

  it('leave the parts with a number when others have none', () => {
    expect(words('(a < 10 and a < 0.5 * avg_over_time(a[1h])) or a == 0 or (0 * c unless a)')).toEqual([
      'a < 10',
      'a == 0',
    ]);
  });
});
