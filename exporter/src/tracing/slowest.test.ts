import { expect, it } from '@jest/globals';
import { createSlowest } from './slowest.ts';

const MINUTE = 60_000;

it('finds what took longer than all before it, by operation', () => {
  const slowest = createSlowest();
  const durations = [10, 5, 10, 11, 3, 40, 40];
  expect(durations.map((duration) => slowest.isRecord('s', 'a', duration, 0))).toEqual([
    ...[true, false, false, true, false, true, false],
  ]);
  expect(slowest.isRecord('s', 'b', 1, 0)).toBe(true);
  expect(slowest.isRecord('other', 'a', 1, 0)).toBe(true);
});

it('begins anew after five minutes', () => {
  const slowest = createSlowest();
  slowest.isRecord('s', 'a', 100, 0);
  expect(slowest.isRecord('s', 'a', 50, 5 * MINUTE - 1)).toBe(false);
  expect(slowest.isRecord('s', 'a', 50, 5 * MINUTE)).toBe(true);
  expect(slowest.isRecord('s', 'a', 60, 9 * MINUTE)).toBe(true);
  expect(slowest.isRecord('s', 'a', 55, 10 * MINUTE)).toBe(true);
});

it('keeps few of many: about as many as the logarithm of their number', () => {
  const slowest = createSlowest();
  let state = 1;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647);
  const kept = Array.from({ length: 10_000 }, random).filter((duration) =>
    slowest.isRecord('s', 'a', duration, 0),
  );
  expect(kept.length).toBeLessThan(25);
});

it('forgets the oldest of too many operations', () => {
  const slowest = createSlowest();
  for (let index = 0; index <= 500; index++) slowest.isRecord('s', `operation ${index}`, 100, index);
  expect(slowest.isRecord('s', 'operation 1', 50, 501)).toBe(false);
  expect(slowest.isRecord('s', 'operation 0', 50, 501)).toBe(true);
});
