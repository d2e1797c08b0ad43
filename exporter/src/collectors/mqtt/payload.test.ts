import { describe, expect, it } from '@jest/globals';
import { readDocument } from './payload.ts';

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

  it('tells bytes that are no UTF-8 from a real replacement character', () => {
    expect(readDocument(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toBe('not_utf8');
    expect(readDocument(Buffer.from('{"unit":"°C"}', 'latin1'))).toBe('not_utf8');
    expect(readDocument(Buffer.from('{"unit":"\uFFFD"}'))).toEqual({ unit: '\uFFFD' });
  });
});
