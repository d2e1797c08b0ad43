import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from './json.ts';

describe('parseJson', () => {
  it('reads what Python writes for numbers that JSON does not have', () => {
    expect(parseJson('{"a": NaN, "b": -Infinity, "c": [Infinity, 1]}')).toEqual({
      a: Infinity,
      b: -Infinity,
      c: [Infinity, 1],
    });
  });

  it('touches no string', () => {
    const text = String.raw`{"NaN": "Infinity \" NaN \\", "x": NaN, "y": "\\\"NaN"}`;
    expect(parseJson(text)).toEqual({ NaN: 'Infinity " NaN \\', x: Infinity, y: '\\"NaN' });
  });

  it.each(['', '{', 'NaN NaN', '{"a": NaNa}', '"NaN', '{"a": Inf}', 'hello NaN', '{"NaN": }', '\\"NaN'])(
    'gives nothing for %s',
    (text) => {
      expect(parseJson(text)).toBeUndefined();
    },
  );

  it('is JSON.parse for JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never throws, and finds each bare word wherever it stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', '\\', 'NaN', '{', ':', ',', 'a') }), (text) => {
        parseJson(text);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(Number.NaN), fc.string(), fc.integer())), (items) => {
        const text = `[${items.map((item) => (Number.isNaN(item) ? 'NaN' : JSON.stringify(item))).join(',')}]`;
        expect(parseJson(text)).toEqual(items.map((item) => (Number.isNaN(item) ? Infinity : item)));
      }),
    );
  });

  it('gets through a megabyte made to be slow', () => {
    expect(parseJson(`NaN"${'\\"'.repeat(500_000)}`)).toBeUndefined();
    expect(parseJson(`[${'NaN,'.repeat(250_000)}1]`)).toHaveLength(250_001);
    expect(parseJson('['.repeat(1_000_000))).toBeUndefined();
  });
});
