import { describe, expect, it } from '@jest/globals';
import { expiredIndices } from './old-indices.ts';

const of = (...days: readonly string[]): string[] => days.map((day) => `valtronics-logs-${day}`);
const NOW = Date.parse('2026-11-29T12:00:00Z');

describe('expiredIndices', () => {
  it('are those whose day ended longer ago than the days of retention', () => {
    const indices = of('2026.10.29', '2026.10.30', '2026.10.31', '2026.11.29');
    expect(expiredIndices(indices, 30, NOW)).toEqual(of('2026.10.29'));
    expect(expiredIndices(indices, 29, NOW)).toEqual(of('2026.10.29', '2026.10.30'));
  });

  it('are none of the newest days, whatever the clock says', () => {
    const indices = of('2026.11.27', '2026.11.28', '2026.11.29');
    expect(expiredIndices(indices, 1, Date.parse('2046-01-01T00:00:00Z'))).toEqual(
      of('2026.11.27', '2026.11.28'),
    );
    expect(expiredIndices(indices, 30, Date.parse('2046-01-01T00:00:00Z'))).toEqual([]);
  });

  it('are none of other names', () => {
    expect(
      expiredIndices([...of('mine', '2020.01.01.1', 'x-2020.01.01'), 'other-2020.01.01'], 1, NOW),
    ).toEqual([]);
    expect(expiredIndices([], 1, NOW)).toEqual([]);
  });
});
