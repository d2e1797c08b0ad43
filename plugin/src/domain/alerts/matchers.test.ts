import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commonMatchers, formatMatcher, MatcherError, matcherTest, parseMatchers } from './matchers';

const matches = (text: string, labels: Record<string, string>): boolean =>
  matcherTest(parseMatchers(text))(labels);

describe('matcherTest', () => {
  it.each([
    ['a="b"', { a: 'b' }, true],
    ['a="b"', { a: 'bb' }, false],
    ['a=""', {}, true],
    ['a!=""', {}, false],
    ['a!="b"', {}, true],
    ['a=~"b"', { a: 'abc' }, false],
    ['a=~"b.*|x"', { a: 'bcd' }, true],
    ['a=~"x|b"', { a: 'xb' }, false],
    ['a=~".+"', {}, false],
    ['a=~"(?i)B"', { a: 'b' }, true],
    ['a!~"b.*"', { a: 'c' }, true],
    ['a=~"x\\\\-y"', { a: 'x-y' }, true],
    ['a="b",c="d"', { a: 'b', c: 'e' }, false],
    ['', { a: 'b' }, true],
    ['constructor=""', {}, true],
    ['toString=~".+"', {}, false],
    ['device_id=~"MOCK-\\d+"', { device_id: 'MOCK-17' }, true],
    ['device_id=~MOCK-\\d{2}', { device_id: 'MOCK-17' }, true],
  ])('%s on %j is %s', (text, labels, expected) => {
    expect(matches(text, labels)).toBe(expected);
  });

  it('says what is no expression', () => {
    expect(() => matcherTest([{ name: 'a', value: '(', isRegex: true, isEqual: true }])).toThrow(
      MatcherError,
    );
  });
});

describe('parseMatchers', () => {
  it.each([
    ['{a="b"}', [{ name: 'a', value: 'b', isRegex: false, isEqual: true }]],
    [
      'a=b, c!~"d,e"',
      [
        { name: 'a', value: 'b', isRegex: false, isEqual: true },
        { name: 'c', value: 'd,e', isRegex: true, isEqual: false },
      ],
    ],
    ['', []],
    ['a=~"MOCK-\\d+"', [{ name: 'a', value: 'MOCK-\\d+', isRegex: true, isEqual: true }]],
    ['a="x\\\\d\\"q\\""', [{ name: 'a', value: 'x\\d"q"', isRegex: false, isEqual: true }]],
    ['a=x}', [{ name: 'a', value: 'x}', isRegex: false, isEqual: true }]],
    ['"my label"="b"', [{ name: 'my label', value: 'b', isRegex: false, isEqual: true }]],
    ['a="x\\ny"', [{ name: 'a', value: 'x\ny', isRegex: false, isEqual: true }]],
  ])('%s', (text, expected) => {
    expect(parseMatchers(text)).toEqual(expected);
  });

  it.each(['a', '="b"', 'a="b" c="d"', 'a=~"("', '1a="b"'])('refuses %s', (text) => {
    expect(() => parseMatchers(text)).toThrow(MatcherError);
  });

  it('reads what it wrote', () => {
    const matcher = fc.record({
      name: fc.oneof(fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/), fc.constantFrom('a b', '1"', '__proto__')),
      value: fc.string({
        unit: fc.constantFrom('\\', '"', '\n', '\t', '\r', 'd', ',', '}', ' ', 'ü', '\u2028'),
      }),
      isRegex: fc.constant(false),
      isEqual: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(matcher), (matchers) => {
        expect(parseMatchers(matchers.map(formatMatcher).join(', '))).toEqual(matchers);
      }),
    );
  });
});

describe('formatMatcher', () => {
  it.each(['MOCK-\\d+', 'a"b', 'a\tb', 'a\nb', '\\n', '\\'])('keeps %j through format and parse', (value) => {
    const matcher = { name: 'device_id', value, isRegex: false, isEqual: true };
    expect(parseMatchers(formatMatcher(matcher))).toEqual([matcher]);
  });

  it('writes a backslash as Alertmanager does', () => {
    const matcher = { name: 'device_id', value: 'MOCK-\\d+\t', isRegex: true, isEqual: true };
    expect(formatMatcher(matcher)).toBe('device_id=~"MOCK-\\\\d+\t"');
  });
});

describe('commonMatchers', () => {
  it('takes what all have in common, the name first', () => {
    const all = [
      { service: 's', alertname: 'A', device_id: '1', cluster: 'c' },
      { service: 's', alertname: 'A', device_id: '2', cluster: 'c' },
    ];
    const found = commonMatchers(all, new Set(['cluster']));
    expect(found.map(formatMatcher)).toEqual(['alertname="A"', 'service="s"']);
    expect(commonMatchers([], new Set())).toEqual([]);
  });

  it('matches every alert that it was made of', () => {
    const labels = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2'));
    fc.assert(
      fc.property(fc.array(labels, { minLength: 1 }), (all) => {
        expect(all.every(matcherTest(commonMatchers(all, new Set())))).toBe(true);
      }),
    );
  });
});
