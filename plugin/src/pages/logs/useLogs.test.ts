import { describe, expect, it } from '@jest/globals';
import type { LogLevel, LogPattern } from '../../domain/logs/logEntry';
import { createLogsClient } from '../../api/logsClient';
import { NO_LOG_FILTER } from '../../domain/logs/logFilter';
import { exporterRoute, fakeGrafana, ok } from '../../test-support/fakeGrafana';
import { comparePatterns, loadTrends, trendStep } from './useLogs';

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

describe('counts of lines that were not kept for so long', () => {
  const NOW = Date.parse('2026-11-23T12:00:00Z');
  const iso = (at: number): string => new Date(at).toISOString();

  /** The steps that are asked for, and the one whose answer is taken. */
  async function stepsOf(hours: number, oldest: { readonly lines: number; readonly hours: number }) {
    const asked: number[] = [];
    fakeGrafana(
      exporterRoute((_, query) => {
        const step = Number(query.get('step'));
        asked.push(step);
        return ok({ stepSeconds: step, oldest: iso(step < 3600 ? oldest.lines : oldest.hours), buckets: [] });
      }),
    );
    const query = { filter: NO_LOG_FILTER, span: { from: NOW - hours * HOUR, to: NOW } };
    const { step } = await loadTrends(
      createLogsClient('http://exporter'),
      query,
      new AbortController().signal,
    );
    return { asked, step: step / 1000 };
  }

  it.each([
    ['reach far enough', 6, { lines: NOW - 7 * HOUR, hours: NOW - 30 * HOUR }, { asked: [300], step: 300 }],
    [
      'reach further by hours',
      6,
      { lines: NOW - HOUR, hours: NOW - 5 * HOUR },
      { asked: [300, 3600], step: 3600 },
    ],
    [
      'began with the lines',
      6,
      { lines: NOW - HOUR, hours: NOW - 1.5 * HOUR },
      { asked: [300, 3600], step: 300 },
    ],
    ['are of one hour', 1, { lines: NOW - 60_000, hours: NOW - 5 * HOUR }, { asked: [60], step: 60 }],
  ])('%s', async (_, hours, oldest, expected) => {
    expect(await stepsOf(hours, oldest)).toEqual(expected);
  });
});
