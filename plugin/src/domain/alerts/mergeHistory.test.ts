import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeHistory } from './mergeHistory';
import type { PastAlert } from './pastAlert';
import { pastAlert } from './pastAlert.fixture';

const seen = (startsAt: number, endsAt: number | null, more: Partial<PastAlert> = {}): PastAlert =>
  pastAlert({ startsAt, endsAt, origins: ['prometheus'], raisedBy: undefined, precision: 10, ...more });

describe('store and Prometheus', () => {
  it('are one line where they saw the same alert, with what the store knows', () => {
    const acknowledgement = { by: 'ana', at: 150, comment: 'power cut' };
    const stored = pastAlert({ startsAt: 100, endsAt: 200, acknowledgement });
    expect(mergeHistory([stored], [seen(90, 190)])).toEqual([
      { ...stored, origins: ['store', 'prometheus'] },
    ]);
  });

  it('are one line when they missed each other by less than the points are apart', () => {
    const stored = pastAlert({ startsAt: 100, endsAt: 105 });
    expect(mergeHistory([stored], [seen(114, 114)])).toHaveLength(1);
    expect(mergeHistory([stored], [seen(116, 116)])).toHaveLength(2);
  });

  it('are two lines for the same alert at different times, and for different alerts at the same time', () => {
    const stored = pastAlert({ startsAt: 100, endsAt: 200 });
    const merged = mergeHistory([stored], [seen(500, 600), seen(100, 200, { fingerprint: 'other' })]);
    expect(merged.map(({ startsAt, origins }) => [startsAt, origins])).toEqual([
      [500, ['prometheus']],
      [100, ['store']],
      [100, ['prometheus']],
    ]);
  });

  it('join the alert that shares most time, and several may join one', () => {
    const first = pastAlert({ startsAt: 0, endsAt: 100 });
    const second = pastAlert({ startsAt: 100, endsAt: 300 });
    const merged = mergeHistory([first, second], [seen(90, 180), seen(220, 260)]);
    expect(merged.map(({ startsAt, origins }) => [startsAt, origins.length])).toEqual([
      [100, 2],
      [0, 1],
    ]);
  });

  it('join what still lasts', () => {
    expect(mergeHistory([pastAlert({ startsAt: 100 })], [seen(500, null)])).toHaveLength(1);
  });

  it('lose nothing and keep the newest first', () => {
    const some = fc.array(
      fc.record({
        fingerprint: fc.constantFrom('a', 'b'),
        startsAt: fc.nat(1000),
        length: fc.option(fc.nat(100)),
      }),
    );
    const alerts = (list: readonly { fingerprint: string; startsAt: number; length: number | null }[]) =>
      list.map(({ fingerprint, startsAt, length }) =>
        pastAlert({ fingerprint, startsAt, endsAt: length === null ? null : startsAt + length }),
      );
    fc.assert(
      fc.property(some, some, (stored, others) => {
        const merged = mergeHistory(
          alerts(stored),
          alerts(others).map((alert) => ({ ...alert, origins: ['prometheus'] as const })),
        );
        expect(merged.length).toBeGreaterThanOrEqual(stored.length);
        expect(merged.length).toBeLessThanOrEqual(stored.length + others.length);
        const times = merged.map(({ startsAt }) => startsAt);
        expect(times).toEqual([...times].sort((a, b) => b - a));
        expect(merged.filter(({ origins }) => origins.includes('store'))).toHaveLength(stored.length);
      }),
    );
  });
});
