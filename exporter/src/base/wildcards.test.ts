import { expect, it } from '@jest/globals';
import { wildcards } from './wildcards.ts';

it.each([
  [['MOCK-1'], 'MOCK-1', true],
  [['MOCK-1'], 'MOCK-10', false],
  [['MOCK-*'], 'MOCK-10', true],
  [['MOCK-?'], 'MOCK-10', false],
  [['a', '*b'], 'xxb', true],
  [['a.c'], 'abc', false],
  [['(a|b)[$]\\'], '(a|b)[$]\\', true],
  [['*'], 'line\nbreak', true],
  [[], 'a', false],
])('%j and %j: %s', (patterns, text, matches) => expect(wildcards(patterns)(text)).toBe(matches));
