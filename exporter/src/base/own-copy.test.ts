import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ownCopy } from './own-copy.ts';

it('is the same text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(ownCopy(text)).toBe(text);
    }),
    { seed: 7 },
  );
});
