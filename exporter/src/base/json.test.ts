import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectQuick } from '../../test/support/quick.ts';
import { parseTolerantJson } from './json.ts';

describe('parseTolerantJson', () => {
  it('reads what Python writes for numbers that JSON does not have', () => {
    const text = '{"a": NaN, "b": -Infinity, "c": [Infinity, 1], "d": "NaN \\" Infinity"}';
    expect(parseTolerantJson(text, 'infinite')).toEqual({
      a: Infinity,
      b: -Infinity,
      c: [Infinity, 1],
      d: 'NaN " Infinity',
    });
    expect(parseTolerantJson(text, 'null')).toEqual({ a: null, b: null, c: [null, 1], d: 'NaN " Infinity' });
  });

  it('reads what C prints', () => {
    expect(parseTolerantJson('[nan,-nan,inf,-inf,+inf,NAN,INF,-nan(ind),nan(0x8000),21.5]', 'null')).toEqual([
      ...Array.from({ length: 9 }, () => null),
      21.5,
    ]);
    expect(parseTolerantJson('{"a":-nan,"b":-inf,"c":+inf,"d":1}', 'infinite')).toEqual({
      a: -Infinity,
      b: -Infinity,
      c: Infinity,
      d: 1,
    });
  });

  it('touches no string', () => {
    const text = String.raw`{"NaN": "Infinity \" NaN \\", "x": NaN, "y": "\\\"NaN"}`;
    expect(parseTolerantJson(text, 'infinite')).toEqual({
      NaN: 'Infinity " NaN \\',
      x: Infinity,
      y: '\\"NaN',
    });
  });

  it.each([
    '',
    '{',
    'NaN NaN',
    '{"a": NaNa}',
    '{"a": 1NaN}',
    '{"a": 1.nan}',
    '{"a": banana}',
    '"NaN',
    '{"a": infinite}',
    '{"a": --nan}',
    '{"a": nan(}',
    'hello NaN',
    '{"NaN": }',
    '\\"NaN',
    '<html>',
    'Internal Server Error',
  ])('throws for %j', (text) => {
    expect(() => parseTolerantJson(text, 'infinite')).toThrow(SyntaxError);
    expect(() => parseTolerantJson(text, 'null')).toThrow(SyntaxError);
  });

  it('is JSON.parse for JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => expect(parseTolerantJson(text, 'null')).toEqual(JSON.parse(text))),
    );
  });

  it('throws nothing but SyntaxError, and finds each bare word wherever it stands', () => {
    const pieces = fc.string({
      unit: fc.constantFrom('"', '\\', 'NaN', '-inf', '(', ')', '{', ':', ',', 'a'),
    });
    fc.assert(
      fc.property(pieces, (text) => {
        try {
          parseTolerantJson(text, 'infinite');
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
    );
    const item = fc.oneof(fc.constantFrom('NaN', '-nan', 'inf'), fc.string(), fc.integer());
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), item)), (items) => {
        const isBare = ([bare, value]: (typeof items)[number]): boolean => bare && typeof value === 'string';
        const usable = items.filter((one) => !isBare(one) || ['NaN', '-nan', 'inf'].includes(String(one[1])));
        const text = usable.map((one) => (isBare(one) ? String(one[1]) : JSON.stringify(one[1]))).join(',');
        expect(parseTolerantJson(`[${text}]`, 'null')).toEqual(
          usable.map((one) => (isBare(one) ? null : one[1])),
        );
      }),
    );
  });

  it('gets through a megabyte made to be slow', () => {
    expectQuick(() => {
      const refused = (text: string): void =>
        expect(() => parseTolerantJson(text, 'infinite')).toThrow(SyntaxError);
      refused(`NaN"${'\\"'.repeat(500_000)}`);
      refused(`NaN"${'\\'.repeat(1_000_000)}`);
      refused(`nan${'a'.repeat(1_000_000)}`);
      refused(`[${'nan('.repeat(250_000)}]`);
      refused('['.repeat(1_000_000));
      expect(parseTolerantJson(`[${'NaN,'.repeat(250_000)}1]`, 'null')).toHaveLength(250_001);
    });
  });
});
