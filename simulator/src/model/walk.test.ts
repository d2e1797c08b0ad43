import { describe, expect, it } from '@jest/globals';
import { createRandom } from './random.ts';
import { createWalk, round } from './walk.ts';

describe('createWalk', () => {
  it('stays around its mean and inside its limits', () => {
    const walk = createWalk(createRandom(3), { mean: 50, spread: 2, min: 45, max: 53 });
    const values = Array.from({ length: 2000 }, () => walk.step());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean).toBeGreaterThan(48);
    expect(mean).toBeLessThan(52);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(45);
    expect(Math.max(...values)).toBeLessThanOrEqual(53);
  });

  it('moves slowly: one step is small against where it wanders', () => {
    const walk = createWalk(createRandom(3), { mean: 0, spread: 1 });
    const values = Array.from({ length: 500 }, () => walk.step());
    const steps = values.slice(1).map((value, at) => Math.abs(value - (values[at] ?? 0)));
    const typical = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    expect(typical).toBeLessThan((Math.max(...values) - Math.min(...values)) / 10);
  });

  it('follows a shifted mean, and comes back', () => {
    const walk = createWalk(createRandom(9), { mean: 20, spread: 0.5 });
    for (let step = 0; step < 60; step++) walk.step(30);
    expect(walk.step(30)).toBeGreaterThan(45);
    for (let step = 0; step < 60; step++) walk.step();
    expect(walk.step()).toBeLessThan(25);
  });
});

describe('round', () => {
  it('rounds to decimals', () => {
    expect(round(1.23456, 2)).toBe(1.23);
    expect(round(-0.5551, 3)).toBe(-0.555);
  });
});
