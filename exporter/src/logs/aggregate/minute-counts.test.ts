import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createMinuteCounts, MINUTES_KEPT } from './minute-counts.ts';
import { createPattern } from './pattern.ts';

const MINUTE = 60_000;
const patternOf = (word: string) =>
  createPattern({
    ...{ words: [word], gaps: ['', ''], service: 's', level: 'ERROR', dataset: 'd', message: word, at: 0 },
  });
const PATTERNS = ['a', 'b', 'c'].map(patternOf);

describe('counts by minute', () => {
  it('are those of the newest minutes', () => {
    const steps = fc.array(fc.tuple(fc.nat(20 * MINUTE), fc.option(fc.nat(2), { nil: undefined })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: MINUTES_KEPT }), (list, minutes) => {
        const counts = createMinuteCounts();
        const added: { minute: number; error: number | undefined }[] = [];
        let now = 5000;
        for (const [passed, error] of list) {
          now += passed;
          counts.add(now, error === undefined ? undefined : PATTERNS[error]);
          added.push({ minute: Math.floor(now / MINUTE), error });
        }
        const within = added.filter(({ minute }) => minute > Math.floor(now / MINUTE) - minutes);
        const { total, errors, patterns } = counts.within(now, minutes);
        expect(total).toBe(within.length);
        expect(errors).toBe(within.filter(({ error }) => error !== undefined).length);
        expect(PATTERNS.map((pattern) => patterns.get(pattern) ?? 0)).toEqual(
          PATTERNS.map((_, index) => within.filter(({ error }) => error === index).length),
        );
      }),
      { seed: 7 },
    );
  });

  it('tell so many patterns of a minute apart, and count the errors of all', () => {
    const counts = createMinuteCounts();
    for (let n = 0; n < 100; n++) counts.add(5000, patternOf(`p${n}`));
    const { errors, patterns } = counts.within(5000, 1);
    expect(errors).toBe(100);
    expect(patterns.size).toBe(32);
  });
});
