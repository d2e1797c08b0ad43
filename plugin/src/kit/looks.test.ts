import { describe, expect, it } from '@jest/globals';
import { createTheme } from '@grafana/data';
import { DEVICE_STATUSES } from '../domain/fleet/deviceStatus';
import { sparklinePoints } from './charts/Sparkline';
import { statusColor, STATUS_GLYPHS } from './status/statusLook';
import { clockWords, durationWords, fullTime } from './time/timeWords';

const SECOND = 1000;
const HOUR = 3_600_000;

describe('durationWords', () => {
  it.each([
    [8 * SECOND, '8 s'],
    [-5 * SECOND, '0 s'],
    [12 * 60 * SECOND, '12 min'],
    [3 * HOUR, '3 h'],
    [3 * HOUR + 5 * 60 * SECOND, '3 h 5 min'],
    [52 * HOUR, '2 d 4 h'],
    [48 * HOUR, '2 d'],
  ])('%d', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });
});

describe('clockWords', () => {
  const now = Date.UTC(2026, 10, 23, 14, 2);
  it.each([
    [now - HOUR, '13:02'],
    [now - 24 * HOUR, '11/22 14:02'],
    [now - 400 * 24 * HOUR, '2025-10-19 14:02:00'],
  ])('%d', (at, words) => {
    expect(clockWords(at, now, 'utc')).toBe(words);
  });

  it('obeys the time zone, also for the day', () => {
    expect(clockWords(now - 14 * HOUR - 1, now, 'utc')).toBe('00:01');
    expect(clockWords(now, now, 'Asia/Tokyo')).toBe('23:02');
  });
});

describe('fullTime', () => {
  it('has the zone', () => {
    expect(fullTime(Date.UTC(2026, 10, 23, 14, 2, 3), 'utc')).toBe('2026-11-23 14:02:03 UTC');
  });
});

describe('the status language', () => {
  const themes = [createTheme({ colors: { mode: 'dark' } }), createTheme({ colors: { mode: 'light' } })];

  it('has a glyph of its own for each status', () => {
    expect(new Set(Object.values(STATUS_GLYPHS)).size).toBe(DEVICE_STATUSES.length);
  });

  it.each(themes)('has a colour of its own for each status', (theme) => {
    expect(new Set(DEVICE_STATUSES.map((status) => statusColor(theme, status))).size).toBe(
      DEVICE_STATUSES.length,
    );
  });
});

describe('sparklinePoints', () => {
  it('fills the box', () => {
    expect(sparklinePoints([0, 5, 10], 80, 20)).toBe('0.0,19.0 40.0,10.0 80.0,1.0');
  });

  it.each([[[]], [[1]], [[Number.NaN, 1, Infinity]]])('is empty for %j', (values) => {
    expect(sparklinePoints(values, 80, 20)).toBe('');
  });

  it('is level for a value that does not move', () => {
    expect(sparklinePoints([3, 3], 80, 20)).toBe('0.0,10.0 80.0,10.0');
  });
});
