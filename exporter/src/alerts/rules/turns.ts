import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Work } from '@valtronics/promql';

/** Milliseconds of work after which others get a turn. */
const TURN = 8;

/** Does the work in turns, so that requests and messages wait a few milliseconds at most. */
export async function inTurns<T>(work: Work<T>, clock: () => number = () => performance.now()): Promise<T> {
  let end = clock() + TURN;
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (clock() < end) continue;
    await nextTurn();
    end = clock() + TURN;
  }
}
