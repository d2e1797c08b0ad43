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
    ['valtronics-.+', 'valtronics-api', true],
    ['a\\-b\\:c', 'a-b:c', true],
    ['fuse[.](lxcfs|portal)', 'fuse.portal', true],
    ['(?P<word>a)b', 'ab', true],
    ['a|b', 'ab', false],
    ['\\d{3}', '404', true],
    ['[\\w.-]+', 'a-b.c', true],
  ])('%s on %s: %s', (pattern, value, matches) => {
    expect(compilePattern(pattern, 0).test(value)).toBe(matches);
  });

  it.each(['[[:alpha:]]', '\\pL', '\\bx', 'x\\z', '(?=x)', '(?<!x)', '(a)\\1', '\\Qx\\E'])(
    'refuses %s',
    (pattern) => {
      expect(() => compilePattern(pattern, 0)).toThrow('is not supported here');
    },
  );
});
