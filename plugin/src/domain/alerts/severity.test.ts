import { describe, expect, it } from '@jest/globals';
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
});
