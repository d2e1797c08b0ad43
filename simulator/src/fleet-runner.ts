import type { FleetClock } from './clock.ts';
import { type Breakage, talks } from './model/condition.ts';
import type { FleetEvent } from './model/events.ts';
import type { FleetModel } from './model/fleet-model.ts';

/** Lets the fleet live in real time: one timer, whatever its size. */
export interface FleetRunner {
  /** Breaks devices now; returns their ids. */
  break(how: Breakage, which: readonly string[] | number): string[];
  /** Mends devices now; returns their ids. */
  mend(which?: readonly string[]): string[];
  stop(): void;
}

export interface FleetRunnerOptions {
  readonly fleet: FleetModel;
  readonly clock: FleetClock;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Takes what happens, in order, at the machine's time. */
  readonly onEvent: (event: FleetEvent) => void;
  /** Told how many devices talk, about once a second. */
  readonly onTalking: (count: number) => void;
}

const TICK = 50;
const COUNT_EVERY = 20;

export function startFleet(options: FleetRunnerOptions): FleetRunner {
  const { fleet, clock, now, onEvent, onTalking } = options;
  let ticks = 0;
  const dispatch = (events: readonly FleetEvent[]): void => {
    for (const event of events) onEvent({ ...event, at: clock.toWall(event.at) });
  };
  /** Brings the fleet to the present and returns it. */
  const advance = (): number => {
    const present = clock.toFleet(now());
    dispatch(fleet.advance(present));
    return present;
  };
  const tick = (): void => {
    advance();
    if (ticks++ % COUNT_EVERY !== 0) return;
    onTalking(fleet.states().reduce((count, device) => count + (talks(device.condition) ? 1 : 0), 0));
  };
  const timer = setInterval(tick, TICK);
  return {
    break(how, which) {
      const { events, ids } = fleet.break(advance(), how, which);
      dispatch(events);
      return ids;
    },
    mend(which) {
      const { events, ids } = fleet.mend(advance(), which);
      dispatch(events);
      return ids;
    },
    stop: () => clearInterval(timer),
  };
}
