import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shareWords } from './shares';

describe('shares of the legend', () => {
  it.each([
    [
      [2, 48],
      ['4 %', '96 %'],
    ],
    [
      [1, 1, 1],
      ['34 %', '33 %', '33 %'],
    ],
    [
      [995, 5],
      ['>99 %', '<1 %'],
    ],
    [
      [19999, 1],
      ['>99 %', '<1 %'],
    ],
    [[7], ['100 %']],
    [
      [0, 3],
      ['0 %', '100 %'],
    ],
    [
      [190, 8, 2],
      ['95 %', '4 %', '1 %'],
    ],
    [[], []],
    [[0], ['0 %']],
  ])('of %j are %j', (counts, words) => {
    expect(shareWords(counts)).toEqual(words);
  });

  it('add up to 100 and never differ from the truth by a whole percent', () => {
    const counts = fc.array(fc.nat(20_000), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(counts, (numbers) => {
        const total = numbers.reduce((sum, count) => sum + count, 0);
        fc.pre(total > 0);
        const percents = shareWords(numbers).map((word) =>
          word === '<1 %' ? 0 : word === '>99 %' ? 100 : Number.parseInt(word, 10),
        );
        expect(percents.reduce((sum, percent) => sum + percent, 0)).toBe(100);
        percents.forEach((percent, index) => {
          expect(Math.abs(percent - (100 * (numbers[index] ?? 0)) / total)).toBeLessThan(1);
        });
      }),
    );
  });
});
