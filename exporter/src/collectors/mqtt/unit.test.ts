import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createUnitCache, normaliseUnit } from './unit.ts';

describe('normaliseUnit', () => {
  it.each([
    ['celsius', '°C'],
    ['°C', '°C'],
    ['C', '°C'],
    ['Celsius ', '°C'],
    ['percent', '%'],
    ['%', '%'],
    ['watts', 'W'],
    ['W', 'W'],
    ['lux', 'lx'],
    ['\u00b5g/m³', '\u03bcg/m³'],
    ['\u03bcg/m³', '\u03bcg/m³'],
    ['ug/m3', '\u03bcg/m³'],
    ['HPA', 'hPa'],
    ['L/min', 'L/min'],
  ])('%s is %s', (unit, expected) => {
    expect(normaliseUnit(unit)).toBe(expected);
  });

  it('leaves what it does not know, and letters that mean something else', () => {
    for (const unit of [
      'hPa/min',
      'AQI',
      'ratio',
      'state',
      'g',
      'c',
      'k',
      'a',
      'v',
      'constructor',
      '__proto__',
      '',
    ])
      expect(normaliseUnit(unit)).toBe(unit);
  });

  it('gives no unit for what is no text', () => {
    for (const unit of [undefined, null, 3, {}, ['%']]) expect(normaliseUnit(unit)).toBe('');
  });

  it('is idempotent', () => {
    fc.assert(fc.property(fc.string(), (unit) => normaliseUnit(normaliseUnit(unit)) === normaliseUnit(unit)));
  });
});

describe('createUnitCache', () => {
  it('answers as normaliseUnit does, beyond its limit too', () => {
    const unitOf = createUnitCache(2);
    for (const unit of ['celsius', 'percent', 'watts', 'celsius', 'x'.repeat(100), undefined])
      expect(unitOf(unit)).toBe(normaliseUnit(unit));
  });
});
