import { describe, expect, it } from '@jest/globals';
import { readDocument, readStatusWord } from './payload.ts';

describe('readDocument', () => {
  it.each([
    ['empty', ''],
    ['bad_json', 'healthcheck'],
    ['bad_json', '{"a":'],
    ['bad_json', '\0\0\0'],
    ['bad_json', '   '],
    ['not_object', '3'],
    ['not_object', 'null'],
    ['not_object', '[{"name":"a"}]'],
    ['not_object', '"text"'],
  ])('%s: %s', (reason, text) => {
    expect(readDocument(Buffer.from(text))).toBe(reason);
  });

  it('reads an object, with a byte order mark too', () => {
    expect(readDocument(Buffer.from('{"a":1}'))).toEqual({ a: 1 });
    expect(readDocument(Buffer.from('\uFEFF{"unit":"°C"}'))).toEqual({ unit: '°C' });
  });

  it('reads up to the NUL that ends a text of C, whatever follows', () => {
    expect(readDocument(Buffer.from('{"a":1}\0'))).toEqual({ a: 1 });
    expect(readDocument(Buffer.from('{"a":1}\0\0\0\0'))).toEqual({ a: 1 });
    expect(
      readDocument(Buffer.concat([Buffer.from('{"a":nan}\0'), Buffer.from([0xff, 0x00, 0x7b])])),
    ).toEqual({
      a: Infinity,
    });
    expect(readDocument(Buffer.from('{"a":\0 1}'))).toBe('bad_json');
  });

  it('tells bytes that are no UTF-8 from a real replacement character', () => {
    expect(readDocument(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toBe('not_utf8');
    expect(readDocument(Buffer.from('{"unit":"°C"}', 'latin1'))).toBe('not_utf8');
    expect(readDocument(Buffer.from('{"unit":"\uFFFD"}'))).toEqual({ unit: '\uFFFD' });
  });
});

describe('readStatusWord', () => {
  it.each([
    ['offline', 'offline'],
    ['"offline"', 'offline'],
    [' Offline\n', 'Offline'],
    ['offline\0', 'offline'],
    ['"true"', 'true'],
    ['"nan"', 'nan'],
    ['lost', 'lost'],
  ])('%j is %s', (text, word) => expect(readStatusWord(Buffer.from(text))).toBe(word));

  it.each([
    '',
    '""',
    'true',
    'null',
    'nan',
    '3',
    '{"a":1}',
    'no json',
    'x'.repeat(41),
    'offline!',
    '"off',
    '\xff',
  ])('%j is none', (text) => expect(readStatusWord(Buffer.from(text))).toBeUndefined());
});
