import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitText, measure, shortName, wrapText } from './text';

/** A canvas on which every UTF-16 unit is ten pixels wide. */
function createPen(): CanvasRenderingContext2D {
  const pen = document.createElement('canvas').getContext('2d');
  if (pen === null) throw new Error('no context');
  return pen;
}

Object.assign(HTMLCanvasElement.prototype, {
  getContext: () => ({ font: 'test', measureText: ({ length }: string) => ({ width: 10 * length }) }),
});

const pen = createPen();

describe('fitText', () => {
  it('leaves what fits', () => {
    expect(fitText(pen, 'MOCK-1011', 90)).toBe('MOCK-1011');
  });

  it('keeps the end, by which names of devices differ', () => {
    expect(fitText(pen, 'Pressure Sensor 1011', 100)).toBe('Press…1011');
    expect(fitText(pen, 'Pressure Sensor 1012', 100)).toBe('Press…1012');
  });

  it('gives nothing where not even one character fits', () => {
    expect(fitText(pen, 'Pressure', 15)).toBe('');
    expect(fitText(pen, '', 15)).toBe('');
  });

  it('cuts between characters as people see them', () => {
    const family = '👩‍👩‍👧‍👦';
    const cut = fitText(pen, family.repeat(4), 10 * (2 * family.length + 1));
    expect(cut).toBe(`${family}…${family}`);
  });

  it('does not measure all of a very long name', () => {
    const cut = fitText(pen, `${'a'.repeat(5000)}${'z'.repeat(5000)}`, 70);
    expect(cut).toBe('aaa…zzz');
  });

  it('never is wider than there is room', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.nat(500), (text, width) => {
        expect(measure(pen, fitText(pen, text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('wrapText', () => {
  it.each([
    ['short', ['short']],
    ['Pressure Sensor 1011', ['Pressure', 'Sensor 1011']],
    ['PRESSURE_SENSOR_001', ['PRESSURE_', 'SENSOR_001']],
    ['a-device-that-is-long', ['a-device-', 'that-is-long']],
    ['ABCDEFGHIJKLMNOP', ['ABCDE…KLMNOP']],
  ])('breaks %j into %j', (text, lines) => {
    expect(wrapText(pen, text, [120, 120])).toEqual(lines);
  });

  it('cuts each line to its own width', () => {
    expect(wrapText(pen, 'Temperature Sensor-1011', [80, 60])).toEqual(['Tem…ture', 'Se…011']);
  });
});

describe('shortName', () => {
  it.each([
    ['MOCK-1011', 90, 'MOCK-1011'],
    ['MOCK-1011', 50, '1011'],
    ['Pressure sensor 1011', 50, '1011'],
    ['rack/7/disk-12', 30, '12'],
    // Nothing by which it could be broken, or no room for the part: what fits of both ends.
    ['Thermometer', 50, 'Th…er'],
    ['MOCK-101112', 40, 'M…12'],
    ['', 50, ''],
  ])('%j in %d pixels is %j', (text, width, expected) => {
    expect(shortName(pen, text, width)).toBe(expected);
  });
});
