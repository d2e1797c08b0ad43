import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareSeverities, severityClass } from './severity';

describe('severityClass', () => {
  it.each([
    ['critical', 'critical'],
    [' CRITICAL ', 'critical'],
    ['Emergency', 'critical'],
    ['page', 'critical'],
    ['high', 'critical'],
    ['warning', 'warning'],
    ['medium', 'warning'],
    ['low', 'info'],
    ['info', 'info'],
    ['', 'none'],
    ['none', 'none'],
    ['constructor', 'other'],
    ['P1', 'critical'],
    ['P9', 'other'],
  ])('%s is %s', (word, expected) => {
    expect(severityClass(word)).toBe(expected);
  });

  it('has the worst first, whatever the words are', () => {
    expect(['odd', 'low', 'medium', '', 'page', 'critical'].toSorted(compareSeverities)).toEqual([
      'critical',
      'page',
      'medium',
      'low',
      'odd',
      '',
    ]);
  });

  it('has the words that the exporter reckons by', () => {
    const table = (path: string): string | undefined =>
      /export const SEVERITY_WORDS[^]*?\n};\n/.exec(readFileSync(join(__dirname, path), 'utf8'))?.[0];
    expect(table('severity.ts')).toBeDefined();
    expect(table('severity.ts')).toBe(table('../../../../exporter/src/base/severity.ts'));
  });
});
