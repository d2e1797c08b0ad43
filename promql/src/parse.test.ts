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
      parseExpression('rate(a:b_total{x="1", "y"!=\'2\', z=~`3|\\d`, w!~"4"}[1h30m] offset 5m)'),
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
              { label: 'z', operator: '=~', value: '3|\\d' },
              { label: 'w', operator: '!~', value: '4' },
              { label: 'y', operator: '!=', value: '2' },
            ],
          },
        },
      ],
    });
  });

  it('takes a metric’s name from between the braces, too', () => {
    for (const text of ['up', '{__name__="up"}', '{"up"}', 'up{}'])
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

  it.each([
    ['sum(a', '5: the expression is not complete'],
    ['', '0: the expression is not complete'],
    ['a\n+ +* b', '5: not understood: "* b"'],
    ['holt_winters(a[5m], 0.5, 0.5)', 'function holt_winters'],
    ['rate(a)', '5: argument 1 of rate must be a range such as [5m], not an instant vector'],
    ['abs(a[5m])', 'must be an instant vector, not a range'],
    ['rate(a[5m] @ 3)', '5: the @ modifier is not supported here: use offset'],
    ['{job="x"}', '0: a selector must name one metric here'],
    ['a{__name__=~"b"}', 'a selector must name one metric here'],
    ['a{b=~"[[:alpha:]]"}', 'uses what is not supported here'],
    ['a{b=~"(?=x)"}', 'uses what is not supported here'],
    ['a{b=~"("}', 'cannot be read'],
    ['sum by (__name__) (a)', 'label __name__ cannot be used so here'],
    ['label_replace(a, "__name__", "x", "", "")', 'label __name__ cannot be used so here'],
    ['label_replace(a, "b", "x", "c", "[[:digit:]]")', '32: the regular expression'],
    ['1 > 2', 'needs bool'],
    ['a and 1', 'and takes two instant vectors'],
    ['a + on (x) 1', 'between two instant vectors only'],
    ['a + bool b', 'bool goes with comparisons only'],
    ['a and on (x) group_left b', 'do not go with and'],
    ['topk(a)', 'topk takes two arguments'],
    ['a[0s]', 'a range must be longer than 0'],
    ['sum(a)[5m]', 'a range stands right after a selector'],
  ])('refuses %s with the reason', (text, reason) => {
    expect(refusal(text)).toContain(reason);
  });

  it('names what is supported when a function is not', () => {
    expect(refusal('holt_winters(a[5m], 0.5, 0.5)')).toMatch(/supported are .*histogram_quantile.*rate/);
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
});
