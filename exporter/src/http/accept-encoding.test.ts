import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseCoding } from './accept-encoding.ts';

describe('chooseCoding', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['deflate, br', 'identity'],
    ['gzip, deflate, br, zstd', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['gzip; q=0.000, *;q=1', 'identity'],
    ['*', 'gzip'],
    ['*;q=0', undefined],
    ['*;q=0, gzip', 'gzip'],
    ['*;q=0, identity', 'identity'],
    ['identity;q=0', undefined],
    ['identity;q=0, gzip', 'gzip'],
    ['identity;q=0, br', undefined],
    ['identity;q=1, gzip;q=0.5', 'identity'],
    ['identity;q=0.5, gzip;q=0.5', 'gzip'],
    ['gzip;q=nonsense', 'identity'],
    ['gzip;q=7', 'identity'],
    [',;,;q=1', 'identity'],
  ])('%j gives %s', (header, coding) => expect(chooseCoding(header)).toBe(coding));

  const element = fc
    .tuple(fc.constantFrom('gzip', 'br', 'identity', '*'), fc.constantFrom('', ';q=0', ';q=0.5', '; q=1.000'))
    .map(([name, q]) => ({ name, text: name + q, forbidden: q === ';q=0' }));

  it('never gives a coding that is forbidden by name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(element, { selector: ({ name }) => name }), (elements) => {
        const coding = chooseCoding(elements.map(({ text }) => text).join(', '));
        expect(elements.some(({ name, forbidden }) => name === coding && forbidden)).toBe(false);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (header) => void chooseCoding(header)));
  });
});
