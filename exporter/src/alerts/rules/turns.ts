import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Work } from '@valtronics/promql';

/** Milliseconds of work after which others get a turn. */
const TURN = 8;

/** Resolves at once, or after others had a turn when it is time for that. */
export function createBreath(clock: () => number = () => performance.now()): () => Promise<void> {
  let end = clock() + TURN;
  return async () => {
    if (clock() < end) return;
    await nextTurn();
    end = clock() + TURN;
  };
}

/** Does the work in turns, so that requests and messages wait a few milliseconds at most. */
export async function inTurns<T>(work: Work<T>, clock?: () => number): Promise<T> {
  const breathe = createBreath(clock);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await breathe();
  }
}
