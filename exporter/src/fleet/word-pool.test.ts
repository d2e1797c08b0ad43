import { describe, expect, it } from '@jest/globals';
import { createWordPool } from './word-pool.ts';

describe('createWordPool', () => {
  it('gives back equal texts, also after it began anew', () => {
    const pool = createWordPool(2);
    for (const text of ['a', 'b', 'a', 'c', 'b', '', '__proto__', 'a']) expect(pool.one(text)).toBe(text);
  });
});
