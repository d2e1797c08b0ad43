import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Document } from './payload.ts';
import { readPoints, readValue } from './telemetry.ts';

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
    ['1,5', null],
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
    expect(readValue(value)).toBe(expected);
  });

  it('gives a finite number, null or a reason for anything', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const result = readValue(value);
        return typeof result !== 'number' || Number.isFinite(result);
      }),
    );
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
      active: true,
      sensors: { a: 1 },
      firmware_version: '1.2',
      broken: Infinity,
    };
    expect(read(document)).toEqual({
      points: [
        ['temperature', '', 22.5],
        ['humidity', '', 41],
        ['wifi_rssi', '', -60],
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
