import { describe, expect, it } from '@jest/globals';
import { FAULTS } from './faults.ts';
import { LONG, planFaults, RECOVERY } from './plan.ts';

const HOUR = 3_600_000;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const plans = SEEDS.map((seed) => planFaults(FAULTS, 2 * HOUR, seed));

describe('planFaults', () => {
  it('draws the same for the same seed, and something else for another', () => {
    expect(planFaults(FAULTS, HOUR, 1)).toEqual(planFaults(FAULTS, HOUR, 1));
    expect(planFaults(FAULTS, HOUR, 1)).not.toEqual(planFaults(FAULTS, HOUR, 2));
  });

  it('begins and ends every fault within the time, in order', () => {
    for (const plan of plans) {
      expect(plan.map(({ from }) => from)).toEqual(plan.map(({ from }) => from).sort((a, b) => a - b));
      for (const { from, to } of plan) {
        expect(from).toBeGreaterThan(0);
        expect(to).toBeGreaterThan(from);
        expect(to).toBeLessThanOrEqual(2 * HOUR);
      }
    }
  });

  it('leaves what shares a target the time to recover in between', () => {
    for (const plan of plans)
      for (const [index, one] of plan.entries())
        for (const other of plan.slice(index + 1)) {
          const shared = one.fault.targets.some((target) => other.fault.targets.includes(target));
          if (shared) expect(other.from).toBeGreaterThanOrEqual(one.to + RECOVERY);
        }
  });

  it('keeps at most two at a time, and often two', () => {
    for (const plan of plans) {
      const atOnce = plan.map(
        ({ from }) => plan.filter((other) => other.from <= from && from < other.to).length,
      );
      expect(Math.max(...atOnce)).toBe(2);
    }
  });

  it('lasts longer than the time within which a fault has to be named', () => {
    for (const plan of plans)
      for (const { from, to, fault } of plan) expect(to - from).toBeGreaterThan(fault.within * 1000);
  });

  it('has long faults only where an alert is waited for, and some of them', () => {
    const long = plans.flatMap((plan) => plan.filter((planned) => planned.long));
    expect(long.length).toBeGreaterThan(0);
    for (const { fault, from, to } of long) {
      expect(fault.alerts).not.toEqual([]);
      expect(to - from).toBe(LONG);
    }
  });

  it('lets the exporter live through the second half', () => {
    for (const plan of plans) {
      const own = plan.filter(({ fault }) => fault.action.do === 'exporter');
      expect(own.length).toBeGreaterThan(0);
      for (const { from } of own) expect(from).toBeLessThan(HOUR);
    }
  });

  it('tries nearly everything within a long run', () => {
    const names = new Set(planFaults(FAULTS, 8 * HOUR, 1).map(({ fault }) => fault.name));
    expect(FAULTS.filter(({ name }) => !names.has(name))).toEqual([]);
  });

  it('is empty where nothing fits or nothing can be broken', () => {
    expect(planFaults(FAULTS, 30_000, 1)).toEqual([]);
    expect(planFaults([], HOUR, 1)).toEqual([]);
  });
});

describe('the faults', () => {
  it('have names of their own, and say why nothing names them where nothing does', () => {
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
    for (const { signs, unnamed } of FAULTS) expect(signs.length === 0).toBe(unnamed !== undefined);
  });
});
