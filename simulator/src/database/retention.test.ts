import { describe, expect, it } from '@jest/globals';
import { createRetention } from './retention.ts';

describe('createRetention', () => {
  it('lets rows go by age, by the ids that were noted', () => {
    const retention = createRetention(100, 1_000_000);
    retention.note(10, 0);
    retention.note(20, 50);
    expect(retention.cutoff(99)).toBe(0);
    expect(retention.cutoff(100)).toBe(10);
    expect(retention.cutoff(151)).toBe(20);
    retention.note(30, 200);
    expect(retention.cutoff(250)).toBe(20);
  });

  it('lets rows go by number, however young', () => {
    const retention = createRetention(1_000_000, 50);
    retention.note(40, 0);
    expect(retention.cutoff(0)).toBe(0);
    retention.note(120, 1);
    expect(retention.cutoff(1)).toBe(70);
  });
});
