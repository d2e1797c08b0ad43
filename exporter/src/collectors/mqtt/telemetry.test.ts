import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Document } from './payload.ts';
import { readPoints, readTime, readValue } from './telemetry.ts';

function read(
  document: Document,
  topicMetric: string | null = null,
): { points: unknown[]; unusable: string[] } {
  const points: unknown[] = [];
  const unusable: string[] = [];
  readPoints(document, topicMetric, {
    point: (metric, unit, value) => points.push([metric, unit, value]),
    unusable: (reason) => unusable.push(reason),
  });
  return { points, unusable };
}

/** The number alone, or the reason. */
function numberOf(value: unknown): unknown {
  const read = readValue(value, '');
  return typeof read === 'string' ? read : read.number;
}

describe('readValue', () => {
  it.each<[unknown, unknown]>([
    [19.03, 19.03],
    [0, 0],
    ['21.5', 21.5],
    [' -3e2 ', -300],
    ['.5', 0.5],
    [true, 1],
    [false, 0],
    ['running', null],
    ['', null],
    ['0x10', null],
    ['1,5', 1.5],
    ['23,5', 23.5],
    ['-0,25', -0.25],
    ['0,125', 0.125],
    ['1234,567', 1234.567],
    ['1,234', 'ambiguous_number'],
    ['-12,345,678', 'ambiguous_number'],
    ['1.234,5', 'ambiguous_number'],
    ['1,234 °C', 'ambiguous_number'],
    ['23.5 °C', 23.5],
    ['23.5°C', 23.5],
    ['23,5 °C', 23.5],
    ['45 %', 45],
    ['4.2 V', 4.2],
    ['12.5 μg/m3', 12.5],
    ['12 apples', 'ambiguous_number'],
    ['3 c', 'ambiguous_number'],
    ['1st', 'ambiguous_number'],
    ['12h30', null],
    ['10:30', null],
    ['1.2.3', null],
    ['192.168.1.7', null],
    ['2026-11-22T23:29:16', null],
    ['3 doors open', null],
    ['°C', null],
    [`${'1'.repeat(60)} °C`, null],
    ['9'.repeat(65), null],
    ['NaN', 'not_finite'],
    ['-inf', 'not_finite'],
    ['1e999', 'not_finite'],
    [Infinity, 'not_finite'],
    [Number.NaN, 'not_finite'],
    [null, 'wrong_type'],
    [undefined, 'wrong_type'],
    [[1], 'wrong_type'],
    [{}, 'wrong_type'],
  ])('%p is %p', (value, expected) => {
    expect(numberOf(value)).toBe(expected);
  });

  it('gives a finite number, null or a reason for anything', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const result = numberOf(value);
        return typeof result !== 'number' || Number.isFinite(result);
      }),
    );
  });
});

describe('a text with a unit', () => {
  it.each<[string, unknown, unknown]>([
    ['23.5 °C', undefined, [['t', '°C', 23.5]]],
    ['23.5 °C', '', [['t', '°C', 23.5]]],
    ['23.5 °C', 'celsius', [['t', '°C', 23.5]]],
    ['7 AQI', 'AQI', [['t', 'AQI', 7]]],
    ['23.5', '°C', [['t', '°C', 23.5]]],
  ])('%j beside unit %j', (value, unit, points) => {
    expect(read({ name: 't', value, unit })).toEqual({ points, unusable: [] });
  });

  it.each([
    ['23.5 °C', '°F'],
    ['7 AQI', ''],
  ])('%j beside unit %j is counted as unusable', (value, unit) => {
    expect(read({ name: 't', value, unit })).toEqual({ points: [], unusable: ['ambiguous_number'] });
  });
});

describe('readPoints', () => {
  it('reads a batch and keeps what is usable of it', () => {
    const metrics = [
      { name: 'temperature', value: 19.03, unit: 'celsius' },
      { name: 'operational_status', value: 'idle', unit: 'state' },
      { name: 'broken', value: Infinity },
      { name: 'missing' },
      { value: 1 },
      { name: '', value: 1 },
      { name: 5, value: 1 },
      'text',
      null,
      { name: 'duty_cycle', value: '12.5', unit: 'percent' },
    ];
    expect(read({ metrics })).toEqual({
      points: [
        ['temperature', 'celsius', 19.03],
        ['operational_status', 'state', null],
        ['duty_cycle', 'percent', 12.5],
      ],
      unusable: [
        'not_finite',
        'wrong_type',
        'no_metric_name',
        'no_metric_name',
        'no_metric_name',
        'wrong_type',
        'wrong_type',
      ],
    });
  });

  it('takes an empty batch for a message without points', () => {
    expect(read({ metrics: [] })).toEqual({ points: [], unusable: [] });
  });

  it.each<[Document, string | null, unknown[], string[]]>([
    [{ name: 'humidity', value: 40, unit: '%' }, null, [['humidity', '%', 40]], []],
    [
      { value: 11.04, unit: '°C', device_id: 1000, metadata: {} },
      'temperature',
      [['temperature', '°C', 11.04]],
      [],
    ],
    [{ name: 'other', value: 1 }, 'temperature', [['temperature', undefined, 1]], []],
    [{ unit: '°C' }, 'temperature', [], ['wrong_type']],
    [{ value: 5 }, null, [], ['no_metric_name']],
    [{ metrics: 'none' }, null, [], ['wrong_type']],
    [{ metrics: {} }, null, [], ['wrong_type']],
    [{}, null, [], ['no_points']],
  ])('%p under metric %p', (document, metric, points, unusable) => {
    expect(read(document, metric)).toEqual({ points, unusable });
  });

  it('reads the firmware’s flat object of numbers', () => {
    const document = {
      device_id: 'VT-TEMP-001',
      timestamp: 123456,
      temperature: 22.5,
      humidity: '41',
      wifi_rssi: -60,
      location: 'hall',
      door_open: true,
      alarm: false,
      supply: '4,1 V',
      sensors: { a: 1 },
      model: '12V',
      firmware_version: '1.2',
      broken: Infinity,
    };
    expect(read(document)).toEqual({
      points: [
        ['temperature', '', 22.5],
        ['humidity', '', 41],
        ['wifi_rssi', '', -60],
        ['door_open', '', 1],
        ['alarm', '', 0],
        ['supply', 'V', 4.1],
      ],
      unusable: ['not_finite'],
    });
  });

  it('takes any object without throwing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), fc.option(fc.string()), (document, metric) => {
        read(document, metric);
      }),
    );
  });
});

const NOW = Date.UTC(2026, 10, 23);
const WRITTEN = Date.UTC(2026, 10, 22, 23, 29, 16, 303);

describe('readTime', () => {
  it.each([
    ['2026-11-22T23:29:16.303266', WRITTEN],
    ['2026-11-22T23:29:16.303Z', WRITTEN],
    ['2026-11-23T00:29:16.303+01:00', WRITTEN],
    [WRITTEN, WRITTEN],
    [WRITTEN * 1000 + 266, WRITTEN],
    [WRITTEN * 1e6, WRITTEN],
    [NOW - 30 * 86_400_000, NOW - 30 * 86_400_000],
    [(NOW - 30 * 86_400_000) * 1000, NOW - 30 * 86_400_000],
    [(NOW - 30 * 86_400_000) * 1e6, NOW - 30 * 86_400_000],
    [WRITTEN / 1000, WRITTEN],
  ])('%s', (timestamp, expected) => {
    expect(readTime(timestamp, NOW)).toBe(expected);
  });

  it('takes milliseconds since boot for no time', () => {
    for (const timestamp of [0, 123_456, 1_763_000_000, 86_400_000 * 400, -5])
      expect(readTime(timestamp, NOW)).toBeNull();
  });

  it('says nothing about what is no time', () => {
    for (const timestamp of [
      undefined,
      null,
      '',
      'soon',
      'x'.repeat(1000),
      Number.NaN,
      Infinity,
      1e22,
      {},
      [],
    ])
      expect(readTime(timestamp, NOW)).toBeNull();
  });

  it('believes no time ahead of now', () => {
    expect(readTime('2099-01-01T00:00:00Z', NOW)).toBe(NOW);
    expect(readTime(NOW + 1e9, NOW)).toBe(NOW);
    expect(readTime((NOW + 1e9) * 1e6, NOW)).toBe(NOW);
  });
});
