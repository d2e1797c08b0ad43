import { describe, expect, it } from '@jest/globals';
import { compilePattern, createMatcher } from './matcher.ts';

describe('createMatcher', () => {
  it('treats a missing label as empty and matches the whole value', () => {
    expect(createMatcher('a', '=', '', 0).matches('')).toBe(true);
    expect(createMatcher('a', '!=', 'x', 0).matches('')).toBe(true);
    expect(createMatcher('a', '=~', 'b+', 0).matches('abb')).toBe(false);
    expect(createMatcher('a', '=~', 'b+', 0).matches('bb')).toBe(true);
    expect(createMatcher('a', '!~', 'x|y', 0).matches('xy')).toBe(true);
  });
});

describe('compilePattern', () => {
  it.each([
    ['(?i:critical)', 'CRITICAL', true],
    ['(?i)critical', 'Critical', true],
    ['d-(?i)x', 'd-X', true],
    ['valtronics-.+', 'valtronics-api', true],
    ['a\\-b\\:c', 'a-b:c', true],
    ['fuse[.](lxcfs|portal)', 'fuse.portal', true],
    ['(?P<word>a)b', 'ab', true],
    ['a|b', 'ab', false],
    ['\\d{3}', '404', true],
    ['[\\w.-]+', 'a-b.c', true],
    ['[[:alpha:]]+', 'abc', true],
    ['\\pL', 'é', true],
    ['\\Q(?<x\\E', '(?<x', true],
    ['[(?<]+', '(?<', true],
    ['Lab.*', 'Lab\r\u2028\u0085x', true],
    ['Lab.*', 'Lab\nx', false],
    ['Lab\\s.*', 'Lab\u00a0x', false],
    ['Lab\\s.*', 'Lab\vx', false],
    ['(?m)Lab$', 'Lab\nx', false],
    ['(?s)Lab.*', 'Lab\nx', true],
    ['(?i)k', '\u212a', true],
    ['\\w+', 'é', false],
  ])('%s on %j: %s', (pattern, value, matches) => {
    expect(compilePattern(pattern, 0).test(value)).toBe(matches);
  });

  it.each(['x\\Z', '(?=x)', '(?<!x)', '(?<x>y)', '(a)\\1', '\\cA', '\\u0041', 'a{1001}', 'a**', ')('])(
    'refuses %s, as RE2 does',
    (pattern) => {
      expect(() => compilePattern(pattern, 0)).toThrow('cannot be read');
    },
  );

  it('takes time in proportion to the text, whatever the pattern', () => {
    // A backtracking engine would need longer than the universe is old.
    expect(compilePattern('((a|a)*)*b', 0).test('a'.repeat(5000))).toBe(false);
    expect(createMatcher('a', '=~', '(a*)*(a*)*(a*)*b', 0).matches('a'.repeat(5000))).toBe(false);
  });
});
