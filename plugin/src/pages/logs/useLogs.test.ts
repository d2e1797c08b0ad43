import { describe, expect, it } from '@jest/globals';
import type { LogLevel, LogPattern } from '../../domain/logs/logEntry';
import { comparePatterns, trendStep } from './useLogs';

const HOUR = 3_600_000;

function pattern(id: string, level: LogLevel, count: number, isNew = false): LogPattern {
  return {
    ...{ id, level, count, isNew, template: id, share: 0, errorClass: null, firstSeen: 0, lastSeen: 0 },
    ...{ services: [], course: [], example: null },
  };
}

describe('patterns', () => {
  it('come in the order in which they may need somebody', () => {
    const patterns = [
      pattern('chatter', 'INFO', 9000),
      pattern('new chatter', 'DEBUG', 1, true),
      pattern('slow', 'WARNING', 88),
      pattern('old error', 'ERROR', 412),
      pattern('new error', 'CRITICAL', 2, true),
    ];
    expect(patterns.sort(comparePatterns).map(({ id }) => id)).toEqual([
      'new error',
      'old error',
      'slow',
      'new chatter',
      'chatter',
    ]);
  });
});

describe('bars', () => {
  it.each([
    [1, 60_000],
    [6, 300_000],
    [24, HOUR],
    [168, 3 * HOUR],
  ])('of %d hours are %d ms long: whole hours where only those are kept for long', (hours, step) => {
    expect(trendStep({ from: 0, to: hours * HOUR })).toBe(step);
  });
});
