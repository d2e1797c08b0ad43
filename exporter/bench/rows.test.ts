import { describe, expect, it } from '@jest/globals';
import { atLeast, atMost, info, markdownTable, quantity, skipped } from './rows.ts';

describe('quantity', () => {
  it.each([
    [0.123456, '×', '0.123 ×'],
    [1234.56, 'B', '1230 B'],
    [0, 'ms', '0 ms'],
    [3, '', '3'],
  ])('writes %p %s as %s', (value, unit, text) => {
    expect(quantity(value, unit)).toBe(text);
  });
});

describe('verdicts', () => {
  it('takes a limit itself as met, and nothing beyond it', () => {
    expect([atMost('m', 5, 5, 'ms').verdict, atMost('m', 5.01, 5, 'ms').verdict]).toEqual(['met', 'missed']);
    expect([atLeast('m', 5, 5, '×').verdict, atLeast('m', 4.99, 5, '×').verdict]).toEqual(['met', 'missed']);
  });

  it('takes what is no number as missed', () => {
    expect([atMost('m', NaN, 5, 'ms').verdict, atLeast('m', NaN, 5, '×').verdict]).toEqual([
      'missed',
      'missed',
    ]);
  });

  it('makes a table of them', () => {
    expect(markdownTable([atMost('a', 1, 2, 'ms'), info('b', 3, 'ns'), skipped('c', '≤ 1 ×', 'no Go')])).toBe(
      '| measure | value | target | verdict |\n|---|---|---|---|\n' +
        '| a | 1 ms | ≤ 2 ms | met |\n| b | 3 ns |  | info |\n| c | no Go | ≤ 1 × | skipped |\n',
    );
  });
});
