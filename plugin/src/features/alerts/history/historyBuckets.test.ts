import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bucketLength, historyBuckets } from './historyBuckets';
import { pastAlert } from '../../../domain/alerts/pastAlert.fixture';

const MINUTE = 60_000;
const SPAN = { from: 600 * MINUTE, to: 660 * MINUTE };

describe('bars of the history', () => {
  it.each([
    [60 * MINUTE, MINUTE],
    [24 * 60 * MINUTE, 30 * MINUTE],
    [7 * 24 * 60 * MINUTE, 180 * MINUTE],
    [30 * 24 * 60 * MINUTE, 720 * MINUTE],
    [100 * 365 * 24 * 60 * MINUTE, 2 * 365 * 24 * 60 * MINUTE],
  ])('of %d ms are %d ms long', (length, expected) => {
    expect(bucketLength({ from: 0, to: length })).toBe(expected);
  });

  it('count an alert in every piece that it touches', () => {
    const { times, counts, length } = historyBuckets(
      [
        pastAlert({ severity: 'critical', startsAt: 601.5 * MINUTE, endsAt: 603.2 * MINUTE }),
        pastAlert({ severity: 'critical', startsAt: 603 * MINUTE, endsAt: 603 * MINUTE }),
      ],
      SPAN,
    );
    expect(length).toBe(MINUTE);
    expect(times).toHaveLength(60);
    expect(counts.get('critical')?.slice(0, 5)).toEqual([0, 1, 1, 2, 0]);
  });

  it('hold what began before and what still lasts', () => {
    const { counts } = historyBuckets([pastAlert({ severity: '', startsAt: 0, endsAt: null })], SPAN);
    expect(new Set(counts.get(''))).toEqual(new Set([1]));
  });

  it('are none of a severity without alerts', () => {
    expect(historyBuckets([], SPAN).counts.size).toBe(0);
  });

  it('never count more than there are, and every one at least once', () => {
    const alerts = fc.array(fc.tuple(fc.integer({ min: 500, max: 700 }), fc.option(fc.nat(100))));
    fc.assert(
      fc.property(alerts, (list) => {
        const all = list.map(([start, length]) =>
          pastAlert({
            startsAt: start * MINUTE,
            endsAt: length === null ? null : (start + length) * MINUTE,
          }),
        );
        const inside = all.filter((a) => a.startsAt <= SPAN.to && (a.endsAt ?? Infinity) >= SPAN.from);
        const counts = historyBuckets(inside, SPAN).counts.get('warning') ?? [];
        for (const count of counts) {
          expect(count).toBeGreaterThanOrEqual(0);
          expect(count).toBeLessThanOrEqual(inside.length);
        }
        expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(inside.length);
      }),
    );
  });
});
