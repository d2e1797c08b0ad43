import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { promqlTokens } from './promqlTokens';

const kinds = (expression: string): string[] =>
  promqlTokens(expression)
    .filter(({ kind }) => kind !== 'space')
    .map(({ kind, text }) => `${kind} ${text}`);

describe('the pieces of PromQL', () => {
  it('tell functions, names, keywords, numbers and texts apart', () => {
    expect(kinds('sum by (job) (rate(up{job=~"a\\"b"}[5m30s])) >= 1e-3 or NaN # why')).toEqual([
      'function sum',
      'keyword by',
      'bracket (',
      'name job',
      'bracket )',
      'bracket (',
      'function rate',
      'bracket (',
      'name up',
      'bracket {',
      'name job',
      'operator =~',
      'text "a\\"b"',
      'bracket }',
      'bracket [',
      'number 5m30s',
      'bracket ]',
      'bracket )',
      'bracket )',
      'operator >=',
      'number 1e-3',
      'keyword or',
      'number NaN',
      'comment # why',
    ]);
  });

  it('keep a recording rule and its colons in one piece', () => {
    expect(kinds('job:x:rate5m>.5')).toEqual(['name job:x:rate5m', 'operator >', 'number .5']);
  });

  it('are the expression again, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (expression) => {
        const tokens = promqlTokens(expression);
        expect(tokens.map(({ text }) => text).join('')).toBe(expression);
        for (const { at, text } of tokens) expect(expression.slice(at, at + text.length)).toBe(text);
      }),
    );
  });

  it.each(['"never closed', '`raw', "'x", '\\', 'ü=1', '{"quoted.name"}'])('survive %s', (expression) => {
    expect(
      promqlTokens(expression)
        .map(({ text }) => text)
        .join(''),
    ).toBe(expression);
  });
});
