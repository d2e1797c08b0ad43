import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isForeignOrigin } from './origin.ts';

describe('isForeignOrigin', () => {
  it.each([
    [undefined, 'localhost:8001'],
    ['http://localhost:8001', 'localhost:8001'],
    ['http://LocalHost:8001', 'localhost:8001'],
    ['https://exporter.example', 'exporter.example'],
    ['https://exporter.example', 'exporter.example:443'],
    ['http://exporter.example:80', 'exporter.example'],
    ['http://[::1]:8001', '[::1]:8001'],
  ])('%s is at home at %s', (origin, host) => expect(isForeignOrigin(origin, host)).toBe(false));

  it.each([
    ['null', 'localhost:8001'],
    ['', 'localhost:8001'],
    ['http://evil.example', 'localhost:8001'],
    ['http://localhost:3000', 'localhost:8001'],
    ['http://localhost', 'localhost:8001'],
    ['http://localhost:8001.evil.example', 'localhost:8001'],
    ['http://localhost:8001@evil.example', 'localhost:8001'],
    ['file://', 'localhost:8001'],
    ['ftp://localhost:8001', 'localhost:8001'],
    ['http://localhost:8001', undefined],
    ['http://localhost:8001', 'local host:8001'],
  ])('%j is foreign at %s', (origin, host) => expect(isForeignOrigin(origin, host)).toBe(true));

  it('takes another domain for foreign, always', () => {
    fc.assert(
      fc.property(fc.domain(), fc.domain(), (a, b) => {
        fc.pre(a.toLowerCase() !== b.toLowerCase());
        expect(isForeignOrigin(`https://${a}`, b)).toBe(true);
      }),
    );
  });
});
