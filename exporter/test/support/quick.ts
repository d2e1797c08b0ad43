import { expect } from '@jest/globals';

/** Milliseconds of CPU that what is linear never needs, and what is quadratic soon does. */
const MOST = 3000;

/**
 * Runs work that takes milliseconds where it is linear in its input, and says so where it is not. Measured is CPU, so that a
 * busy machine does not count. The limit of a test would not see it: it cannot end what never yields.
 */
export function expectQuick(work: () => unknown): void {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(MOST);
}
