import { describe, expect, it } from '@jest/globals';
import {
  type Context,
  endWhen,
  evaluate,
  type Labels,
  labelsFrom,
  parseExpression,
  run,
  type Series,
  type Value,
  withLabels,
} from './index.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 1);

/** A series with a sample each step, the last one now; its values count up to 0. */
function series(labels: Labels, count: number, step: number): Series {
  const first = NOW - (count - 1) * step;
  return {
    labels,
    indexAt: (time) => Math.min(count - 1, Math.floor((time - first) / step)),
    time: (index) => first + index * step,
    value: (index) => index - count + 1,
    ended: () => false,
  };
}

/** 80, 180, 280, 380, a minute apart, the last one now. */
function risen(): Series {
  return { ...series(labelsFrom([]), 4, MINUTE), value: (index) => 80 + index * 100 };
}

const SERIES: ReadonlyMap<string, readonly Series[]> = new Map([
  ['up', [series(labelsFrom([['job', 'a']]), 100, 15_000)]],
  [
    'many',
    Array.from({ length: 300 }, (_, index) => series(labelsFrom([['id', String(index)]]), 41, MINUTE)),
  ],
  ['long', [series(labelsFrom([]), 1_000_000, 100)]],
  ['risen', [risen()]],
  ['text', [series(labelsFrom([['v', 'a'.repeat(40)]]), 1, MINUTE)]],
]);

function contextOf(more: Partial<Context> = {}): Context {
  return {
    source: { series: (metric) => SERIES.get(metric) ?? [], metrics: () => SERIES.keys() },
    time: NOW,
    lookback: 5 * MINUTE,
    interval: MINUTE,
    ...more,
  };
}

function valueOf(text: string, more: Partial<Context> = {}): Value {
  return run(evaluate(parseExpression(text, { anyMetric: true }), contextOf(more)));
}

function numberOf(text: string, more: Partial<Context> = {}): number | undefined {
  const value = valueOf(text, more);
  return value.kind === 'vector' ? value.samples[0]?.value : undefined;
}

describe('evaluate', () => {
  it('holds both ends of a range, or without its beginning as Prometheus 3 does', () => {
    expect(numberOf('count_over_time(up[1m])')).toBe(5);
    expect(numberOf('count_over_time(up[1m])', { leftOpen: true })).toBe(4);
    expect(numberOf('count_over_time(up[5m:1m])')).toBe(6);
    expect(numberOf('count_over_time(up[5m:1m])', { leftOpen: true })).toBe(5);
    expect(numberOf('count_over_time((up + 0)[5m:1m])', { leftOpen: true })).toBe(5);
    // The newest sample is as old as the lookback is long.
    expect(numberOf('up offset -5m')).toBe(0);
    expect(numberOf('up offset -5m', { leftOpen: true })).toBeUndefined();
  });

  it('takes a counter back to 0 as each Prometheus does, where a range begins long before it', () => {
    // What promtool of 2.42, and of 3.5 and 3.16, say of these samples.
    expect(numberOf('increase(risen[5m])')).toBeCloseTo(380, 9);
    expect(numberOf('increase(risen[5m])', { leftOpen: true })).toBeCloseTo(350, 9);
  });

  it('ends with the reason when it needs more samples than it may have', () => {
    for (const text of [
      'count_over_time(many[40m:1ms])',
      'count_over_time((many + 0)[40m:1ms])',
      'count_over_time(vector(1)[40m:1ms])',
      'sum(many) + sum(count_over_time(many[40m]))',
      'count_over_time(long[1d])',
      'many',
    ])
      expect(() => valueOf(text, { maxSamples: 250 })).toThrow('the evaluation needs more than 250 samples');
    expect(() => valueOf('count_over_time(many[40d:1ms])')).toThrow('more than 5000000 samples');
    expect(numberOf('count(many)', { maxSamples: 400 })).toBe(300);
  });

  it('pauses often enough to be ended', () => {
    for (const text of [
      'count_over_time(long[1d])',
      'count_over_time(long[1d:1s])',
      'count_over_time((long + 0)[1h:1s])',
      'max(many) by (id)',
      'many * on (id) group_left many',
      'histogram_quantile(0.5, label_replace(many, "le", "$1", "id", "(.*)"))',
    ]) {
      let pauses = 0;
      const reason = (): string | undefined => (++pauses > 3 ? 'it took too long' : undefined);
      expect(() => run(endWhen(evaluate(parseExpression(text), contextOf()), reason))).toThrow(
        'it took too long',
      );
    }
  });

  it('gives the result of work that nobody ends', () => {
    expect(run(endWhen(evaluate(parseExpression('1 + 1'), contextOf()), () => undefined))).toEqual({
      kind: 'scalar',
      value: 2,
    });
  });

  it('replaces by any pattern in time in proportion to the text', () => {
    expect(numberOf('label_replace(text, "x", "$1", "v", "((a|a)*)b")')).toBe(0);
  });

  it('finds series of any metric where the source knows them', () => {
    expect(numberOf('count({job="a"})')).toBe(1);
    expect(numberOf('count({__name__=~"u.|text"})')).toBe(2);
    expect(numberOf('count({__name__=~".+", id="7"})')).toBe(1);
  });

  it('gives no text and no range as a result', () => {
    expect(() => valueOf('"a"')).toThrow('a text has no value');
    expect(() => valueOf('up[5m]')).toThrow('a range has no value of its own');
  });

  it('answers @ start() and end() with the moment that is asked for, in subqueries too', () => {
    expect(numberOf('sum_over_time((up @ end() offset 1m)[5m:1m])')).toBe(6 * -4);
    expect(numberOf('sum_over_time((up @ start())[5m:1m] offset 10m)')).toBe(0);
  });
});

describe('labels', () => {
  const ODD = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];

  it('holds names that other objects inherit', () => {
    const labels = labelsFrom(ODD.map((name) => [name, 'x']));
    expect(Object.keys(labels)).toEqual(ODD.toSorted());
    for (const name of ODD) {
      expect(labels[name]).toBe('x');
      expect(labelsFrom([])[name]).toBeUndefined();
      expect(withLabels(labels, [[name, '']])[name]).toBeUndefined();
    }
  });
});
