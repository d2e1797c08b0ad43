import { setTimeout as delay } from 'node:timers/promises';

/** Polls until the condition holds; throws with the description after the time (milliseconds) is up. */
export async function waitFor(
  what: string,
  condition: () => Promise<boolean> | boolean,
  timeout = 180_000,
): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${timeout} ms in vain: ${what}`);
    await delay(25);
  }
}
