import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePythonJson } from './json.ts';

describe('parsePythonJson', () => {
  it('has null for what JSON does not know and leaves texts alone', () => {
    expect(parsePythonJson('{"a": NaN, "b": [-Infinity, Infinity, 1], "c": "NaN \\" Infinity"}')).toEqual({
      a: null,
      b: [null, null, 1],
      c: 'NaN " Infinity',
    });
  });

  it.each(['', '<html>', 'Internal Server Error', '{"a": NaNo}', '{"NaN'])('throws for %j', (text) => {
    expect(() => parsePythonJson(text)).toThrow(SyntaxError);
  });

  it('reads every JSON as JSON', () => {
    fc.assert(fc.property(fc.json(), (text) => expect(parsePythonJson(text)).toEqual(JSON.parse(text))));
  });
});
