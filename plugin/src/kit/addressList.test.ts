import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joinList, listChange, readWords, splitList, textChange } from './addressList';

describe('lists in the address', () => {
  it('survive whatever the texts hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (texts) => {
        expect(splitList(joinList(texts))).toEqual(texts);
      }),
    );
  });

  it('are empty without a parameter', () => {
    expect(splitList(null)).toEqual([]);
    expect(splitList('')).toEqual([]);
  });
});

describe('parts of a filter', () => {
  it('change nothing where nothing is given', () => {
    expect({ ...textChange('q', undefined), ...listChange('state', undefined) }).toEqual({});
    expect({ ...textChange('q', ''), ...listChange('state', ['a,b', '']) }).toEqual({
      q: '',
      state: String.raw`a\,b,\e`,
    });
  });

  it('leave out words that nobody knows, and keep their order', () => {
    const query = new URLSearchParams('state=c,x,a');
    expect(readWords(query, 'state', ['a', 'b', 'c'])).toEqual(['a', 'c']);
    expect(readWords(query, 'engine', ['a'])).toEqual([]);
  });
});
