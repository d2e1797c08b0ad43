import { describe, expect, it } from '@jest/globals';
import { severityClass } from './severity.ts';

describe('severityClass', () => {
  it.each([
    ['critical', 'critical'],
    ['CRITICAL', 'critical'],
    [' Critical ', 'critical'],
    ['emergency', 'critical'],
    ['page', 'critical'],
    ['High', 'critical'],
    ['warning', 'warning'],
    ['medium', 'warning'],
    ['error', 'warning'],
    ['INFO', 'info'],
    ['low', 'info'],
    ['none', 'none'],
    ['', 'none'],
    ['odd', 'other'],
    ['constructor', 'other'],
    ['__proto__', 'other'],
  ])('of %j is %s', (word, known) => expect(severityClass(word)).toBe(known));
});
