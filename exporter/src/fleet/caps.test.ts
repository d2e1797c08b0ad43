import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countedLabelValue, createNameCap, labelValue, createWordPool } from './caps.ts';
import type { Drops } from './drops.ts';

function recordingDrops(): Drops & { readonly counted: string[] } {
  const counted: string[] = [];
  const seen = new Set<string>();
  return {
    counted,
    once: (reason, thing) => {
      if (seen.has(reason + thing)) return;
      seen.add(reason + thing);
      counted.push(reason);
    },
  };
}

describe('labelValue', () => {
  it.each([
    '',
    'MOCK-1000',
    '<img src=x onerror=alert(1)>',
    '__proto__',
    'مرحبا',
    'a\nb"c\\d',
    'x'.repeat(256),
    '🙂'.repeat(256),
  ])('leaves %j as it is', (text) => {
    expect(labelValue(text)).toBe(text);
  });

  it('cuts what is longer than 256 characters and keeps it apart by a hash', () => {
    const a = labelValue(`${'x'.repeat(300)}a`);
    const b = labelValue(`${'x'.repeat(300)}b`);
    expect(a).toMatch(/^x{239}~[0-9a-f]{16}$/);
    expect(b).not.toBe(a);
    expect(labelValue(`${'x'.repeat(300)}a`)).toBe(a);
  });

  it('counts code points, and splits no surrogate pair', () => {
    const cut = labelValue('🙂'.repeat(257));
    expect(Array.from(cut)).toHaveLength(256);
    expect(cut.isWellFormed()).toBe(true);
    expect(cut.startsWith('🙂'.repeat(239) + '~')).toBe(true);
  });

  it('makes lone surrogates what they are once encoded', () => {
    expect(labelValue('\ud800a')).toBe('\ufffda');
  });

  it('is bounded, well-formed and its own label value, for any text', () => {
    const text = fc.string({
      unit: fc.oneof(fc.string({ unit: 'binary', maxLength: 1 }), fc.constantFrom('\ud83d', '\ude42', '🙂')),
      maxLength: 600,
      size: 'max',
    });
    fc.assert(
      fc.property(text, (found) => {
        const value = labelValue(found);
        expect(Array.from(value).length).toBeLessThanOrEqual(256);
        expect(value.isWellFormed()).toBe(true);
        expect(labelValue(value)).toBe(value);
      }),
    );
  });
});

describe('countedLabelValue', () => {
  it('counts a cut once for each text', () => {
    const drops = recordingDrops();
    for (const text of ['x'.repeat(300), 'x'.repeat(300), 'y'.repeat(300), 'short'])
      countedLabelValue(text, drops);
    expect(drops.counted).toEqual(['label_length', 'label_length']);
  });
});

describe('createNameCap', () => {
  it('gives names over the cap the index of "other" and counts each once', () => {
    const drops = recordingDrops();
    const cap = createNameCap(2, 'units', drops);
    const indexes = ['a', 'b', 'c', 'a', 'd', 'c', 'b'].map((name) => cap.index(name));
    expect(indexes.map((index) => cap.name(index))).toEqual(['a', 'b', 'other', 'a', 'other', 'other', 'b']);
    expect(drops.counted).toEqual(['units', 'units']);
  });

  it('takes a name "other" for what is over the cap', () => {
    const cap = createNameCap(2, 'units', recordingDrops());
    expect(cap.index('other')).toBe(0);
  });

  it('knows a long name by what is kept of it, and counts the cut once', () => {
    const drops = recordingDrops();
    const cap = createNameCap(2, 'units', drops);
    const long = 'm'.repeat(1000);
    expect(cap.index(long)).toBe(cap.index(long));
    expect(cap.name(cap.index(long))).toBe(labelValue(long));
    expect(drops.counted).toEqual(['label_length']);
  });

  it('is not confused by names of object members', () => {
    const cap = createNameCap(9, 'units', recordingDrops());
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''];
    expect(names.map((name) => cap.name(cap.index(name)))).toEqual(names);
  });
});

describe('createWordPool', () => {
  it('gives back equal texts, also after it began anew', () => {
    const pool = createWordPool(2);
    for (const text of ['a', 'b', 'a', 'c', 'b', '', '__proto__', 'a']) expect(pool.one(text)).toBe(text);
  });
});
