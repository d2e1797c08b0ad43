import { afterEach, beforeEach, jest } from '@jest/globals';

/** Everything of Jest's fake timers but the calendar. */
const RUNNING = [
  ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
  ...(['requestAnimationFrame', 'cancelAnimationFrame'] as const),
  ...(['requestIdleCallback', 'cancelIdleCallback'] as const),
];

/**
 * Lets the calendar stand still at a moment for every test of the file, so that "12 min" is 12 min however long the
 * machine takes. Timers go on.
 */
export function standStill(now: number): void {
  beforeEach(() => {
    jest.useFakeTimers({ now, doNotFake: RUNNING });
  });
  afterEach(() => {
    jest.useRealTimers();
  });
}
