import { describe, expect, it } from '@jest/globals';
import { ExpressionError } from './errors.ts';
import { needsOf } from './needs.ts';
import { parseExpression } from './parse.ts';

function refusal(text: string): string {
  try {
    parseExpression(text);
  } catch (error) {
    if (error instanceof ExpressionError) return `${error.at}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

describe('parseExpression', () => {
  it('reads selectors with matchers of every kind, ranges and offsets', () => {
    expect(
      parseExpression('rate(a:b_total{x="1", y!=\'2\', z=~`3|\\d`, w!~"4"}[1h30m] offset 5m)'),
    ).toMatchObject({
      kind: 'call',
      name: 'rate',
      args: [
        {
          kind: 'range',
          range: 5_400_000,
          selector: {
            metric: 'a:b_total',
            offset: 300_000,
            matchers: [
              { label: 'x', operator: '=', value: '1' },
              { label: 'y', operator: '!=', value: '2' },
              { label: 'z', operator: '=~', value: '3|\\d' },
              { label: 'w', operator: '!~', value: '4' },
            ],
          },
        },
      ],
    });
  });

  it('takes a metric’s name from between the braces, too', () => {
    for (const text of ['up', '{__name__="up"}', 'up{}'])
      expect(parseExpression(text)).toMatchObject({ kind: 'selector', metric: 'up', matchers: [] });
  });

  it('binds operators as Prometheus does', () => {
    expect(parseExpression('a or b and c')).toMatchObject({ operator: 'or', right: { operator: 'and' } });
    expect(parseExpression('a + b * c ^ d ^ e')).toMatchObject({
      operator: '+',
      right: { operator: '*', right: { operator: '^', right: { operator: '^' } } },
    });
    expect(parseExpression('-1 ^ 2')).toMatchObject({ kind: 'negation', of: { operator: '^' } });
  });

  it('binds ranges and offsets to what stands right before them', () => {
    expect(parseExpression('a + b offset 5m * c')).toMatchObject({
      operator: '+',
      left: { metric: 'a', offset: 0 },
      right: { operator: '*', left: { metric: 'b', offset: 300_000 }, right: { metric: 'c', offset: 0 } },
    });
    expect(parseExpression('max_over_time((a - b)[5m:1m] offset 1m)')).toMatchObject({
      args: [{ kind: 'subquery', offset: 60_000, of: { operator: '-' } }],
    });
    expect(refusal('max_over_time(a - b[5m:1m])')).toContain(
      'takes numbers and instant vectors, not a range',
    );
    expect(refusal('a - b[5m]')).toContain('takes numbers and instant vectors, not a range');
  });

  it('reads how vectors match', () => {
    expect(parseExpression('a * on (x, y) group_left (z) b')).toMatchObject({
      matching: { on: true, labels: ['x', 'y'], many: 'left', include: ['z'] },
    });
    expect(parseExpression('a > bool ignoring (x) group_right b')).toMatchObject({
      bool: true,
      matching: { on: false, labels: ['x'], many: 'right', include: [] },
    });
  });

  it('reads keywords by their place, in any case', () => {
    expect(parseExpression('SUM BY (job) (a)')).toMatchObject({ operator: 'sum', labels: ['job'] });
    expect(parseExpression('a AND b')).toMatchObject({ operator: 'and' });
    expect(parseExpression('offset offset 5m')).toMatchObject({ metric: 'offset', offset: 300_000 });
    expect(parseExpression('sum by (by, on, sum) (sum)')).toMatchObject({
      labels: ['by', 'on', 'sum'],
      of: { metric: 'sum' },
    });
    expect(parseExpression('and and and')).toMatchObject({
      left: { metric: 'and' },
      right: { metric: 'and' },
    });
  });

  it('reads moments of selectors and subqueries, before or after the offset', () => {
    for (const text of ['a @ 12.3456 offset 5m', 'a offset 5m @ 12.3456'])
      expect(parseExpression(text)).toMatchObject({ time: 12_346, offset: 300_000 });
    expect(parseExpression('rate(a[5m] @ start())')).toMatchObject({
      args: [{ selector: { time: 'start' }, range: 300_000 }],
    });
    expect(parseExpression('max_over_time(a[5m:1m] @ -5)')).toMatchObject({ args: [{ time: -5000 }] });
  });

  it('takes selectors without a name where the source knows its metrics', () => {
    expect(parseExpression('{job="x"}', { anyMetric: true })).toMatchObject({ metric: undefined });
    expect(refusal('{job="x"}')).toContain('0: a selector must name its metric here');
    expect(refusal('a + rate({__name__=~"x.+"}[5m])')).toContain('9: a selector must name its metric here');
  });

  it.each([
    ['sum(a', '5: the expression is not complete'],
    ['', '0: the expression is not complete'],
    ['a\n+ +* b', '5: not understood: "*"'],
    ['foo(a[5m], 0.5, 0.5)', '0: function foo is not supported here; supported are '],
    ['RATE(a[5m])', 'function RATE'],
    ['rate(a)', '5: argument 1 of rate must be a range such as [5m], not an instant vector'],
    ['abs(a[5m])', 'must be an instant vector, not a range'],
    ['a{b=~"(?=x)"}', 'cannot be read'],
    ['a{b=~"(?<x>y)"}', 'a group is named by (?P<name>…)'],
    ['a{b=~"("}', 'cannot be read'],
    ['a{b=~"x)(y"}', 'cannot be read'],
    ['label_replace(a, "b", "x", "c", "(?=x)")', '32: the regular expression'],
    ['1 > 2', 'needs bool'],
    ['a and 1', 'and takes two instant vectors'],
    ['a + on (x) 1', 'between two instant vectors only'],
    ['a + bool b', 'bool goes with comparisons only'],
    ['a and on (x) group_left b', 'do not go with and'],
    ['topk(a)', 'topk takes two arguments'],
    ['a[0s]', 'a duration must be longer than 0'],
    ['a[5]', '2: not understood: "5]"'],
    ['a offset 300y', '300y is no duration'],
    ['sum(a)[5m]', 'a range stands right after a selector'],
    ['(a) offset 5m', '4: offset stands after a selector or a subquery only, once'],
    ['a offset 5m offset 5m', 'once'],
    ['a @ 1 @ 2', '@ stands after a selector or a subquery only, once'],
    ['a @ Inf', 'no moment for @'],
    ['{"a"}', '1: not understood'],
    ['sum by ("job") (a)', 'not understood'],
    ['a + fill(0) b', 'function fill'],
    ['5m', 'not understood: "5m"'],
    ['1e999', '1e999 is no number'],
    ['(', 'the expression is not complete'],
  ])('refuses %s with the reason', (text, reason) => {
    expect(refusal(text)).toContain(reason);
  });

  it('names what is supported when a function is not', () => {
    expect(refusal('foo(a[5m], 0.5, 0.5)')).toMatch(/supported are .*histogram_quantile.*rate/);
  });

  it('refuses what is nested too deeply instead of overflowing the stack', () => {
    expect(refusal('('.repeat(10_000))).toContain('nested too deeply');
    expect(refusal(`a${' + a'.repeat(10_000)}`)).toContain('nested too deeply');
    expect(refusal(`a${' ^ a'.repeat(10_000)}`)).toContain('nested too deeply');
    expect(refusal(`a${'[5m:1m]'.repeat(10_000)}`)).toContain('nested too deeply');
    expect(refusal('-'.repeat(10_000))).toContain('nested too deeply');
  });
});

describe('needsOf', () => {
  it('adds up ranges, offsets and subqueries for each metric', () => {
    const needs = needsOf(
      parseExpression(
        'a + rate(b[5m] offset 1h) + max_over_time((c + rate(a[1m]))[2h:5m] offset 10m) + c offset -5m',
      ),
    );
    const minute = 60_000;
    expect([...needs]).toEqual([
      ['a', 131 * minute],
      ['b', 65 * minute],
      ['c', 130 * minute],
    ]);
    expect([...needsOf(parseExpression('topk(scalar(k), x)'))]).toEqual([
      ['k', 0],
      ['x', 0],
    ]);
  });

  it('counts from the moment that is asked for, and never ends for a fixed one', () => {
    const needs = (text: string): unknown => [...needsOf(parseExpression(text, { anyMetric: true }))];
    expect(needs('max_over_time((a @ end() offset 1m)[1h:1m])')).toEqual([['a', 60_000]]);
    expect(needs('rate(a[5m] @ 100)')).toEqual([['a', Infinity]]);
    expect(needs('{job="x"}')).toEqual([['', 0]]);
  });
});
