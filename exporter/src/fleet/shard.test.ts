import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fnv1a, ownedBy } from './shard.ts';

describe('fnv1a', () => {
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
    ['ü', 0x119dd44a],
  ])('hashes %j as published', (text, hash) => {
    expect(fnv1a(text).toString(16)).toBe(hash.toString(16));
  });
});

describe('ownedBy', () => {
  it('gives every device to exactly one shard', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 64 }), (id, total) => {
        const owners = Array.from({ length: total }, (_, shard) => ownedBy(shard, total)(id)).filter(Boolean);
        expect(owners).toHaveLength(1);
      }),
    );
  });

  it('spreads the ids of the mock fleet', () => {
    const ids = Array.from({ length: 3000 }, (_, index) => `MOCK-${1000 + index}`);
    for (const shard of [0, 1, 2]) {
      expect(ids.filter(ownedBy(shard, 3)).length).toBeGreaterThan(900);
    }
  });
});
