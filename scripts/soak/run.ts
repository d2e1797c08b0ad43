import { setTimeout as delay } from 'node:timers/promises';
import { createCounterLedger } from './counter-ledger.ts';
import { type FaultFollower, followFault } from './fault-record.ts';
import { FAULTS, type Fault } from './faults.ts';
import { type Figure, figureOf } from './figures.ts';
import { createInjector } from './injector.ts';
import { createLooker, type Ledgers, type Look } from './look.ts';
import type { SoakOptions } from './options.ts';
import { type PlannedFault, planFaults } from './plan.ts';
import { clockOf } from './report.ts';
import { NO_SAMPLES } from './samples.ts';
import type { Stack } from './stack.ts';

/** What was seen while faults were injected, and afterwards until `end`. */
export interface Observed {
  readonly followers: readonly FaultFollower[];
  readonly figures: readonly Figure[];
  /** What could not be broken or mended, in words. */
  readonly troubles: string[];
  readonly ledgers: Ledgers;
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** What processes that were ended may have counted unseen. */
  readonly unseen: { messages: number; points: number };
  /** Messages that the broker may have sent to a frozen process, which took them after it had been given up. */
  repeatable: number;
  looks: number;
  unanswered: number;
  lasted: number;
  last: Look;
}

/** A soak that runs. */
export interface Run {
  readonly observed: Observed;
  /** Injects the faults of the plan until it is over or the signal comes; every fault has ended then. */
  inject(stopping: AbortSignal): Promise<void>;
  /** One look more, which all faults hear of. */
  look(): Promise<Look>;
  /** Counts the points as they are now instead of at Prometheus' last scrape. */
  countPoints(): Promise<void>;
}

export const LOOK_EACH = 5_000;
const MINUTE = 60_000;

function possible(stack: Stack, only: readonly string[]) {
  const leftOut: { name: string; reason: string }[] = [];
  const reasonOf = ({ action }: Fault): string | undefined => {
    if (action.do === 'fill-disk') return stack.disk.reason;
    return action.do === 'clock' ? stack.clock.reason : undefined;
  };
  const faults = FAULTS.filter((fault) => {
    const reason = reasonOf(fault);
    if (reason !== undefined) leftOut.push({ name: fault.name, reason });
    return reason === undefined && (only.length === 0 || only.some((word) => fault.name.includes(word)));
  });
  return { faults, leftOut };
}

export function createRun(stack: Stack, options: SoakOptions, say: (text: string) => void): Run {
  const { exporter, bridge } = stack;
  const { faults, leftOut } = possible(stack, options.only);
  const plan = planFaults(faults, options.duration, options.seed);
  const ledgers = { counters: createCounterLedger(), points: createCounterLedger() };
  const looker = createLooker(exporter, stack.prometheusUrl, ledgers);
  const injector = createInjector(stack);
  const followers: FaultFollower[] = [];
  const active = new Map<PlannedFault, FaultFollower>();
  const begun = performance.now();
  const figures: Figure[] = [];
  const observed: Observed = {
    ...{ followers, figures, troubles: [], ledgers, leftOut, unseen: { messages: 0, points: 0 } },
    ...{ looks: 0, unanswered: 0, lasted: 0, repeatable: 0 },
    last: { at: begun, answered: false, samples: NO_SAMPLES, firing: new Set() },
  };
  /** What the broker had when the last fault of the exporter's process began. */
  let messagesBefore = 0;
  const tell = (text: string): void => say(`${clockOf(performance.now() - begun)}  ${text}`);

  function tellOf(follower: FaultFollower, wasNamed: boolean): void {
    const { planned, named, recovered } = follower.record;
    const { name } = planned.fault;
    if (!wasNamed && named !== undefined)
      tell(`   named  ${name} after ${Math.round(named.after / 1000)} s: ${named.words}`);
    if (recovered !== undefined) tell(`    well  ${name} after ${Math.round(recovered / 1000)} s`);
  }

  async function look(): Promise<Look> {
    const meantBefore = exporter.meant;
    const present = await looker.look();
    const meant = meantBefore && exporter.meant;
    observed.looks += 1;
    if (!present.answered && meant) {
      observed.unanswered += 1;
      tell('          the exporter does not answer');
    }
    const figure = figureOf(present);
    if (figure !== undefined) figures.push(figure);
    for (const follower of followers) {
      const wasNamed = follower.record.named !== undefined;
      if (follower.take(present, meant)) tellOf(follower, wasNamed);
    }
    observed.last = present;
    return present;
  }

  /** Before a process is ended it is looked at once more; what it counts after that nobody sees. */
  async function endProcess(ended: () => Promise<void>): Promise<void> {
    await Promise.all([look(), looker.countPoints()]);
    const seen = {
      messages: ledgers.counters.total('valtronics_mqtt_messages_total'),
      points: ledgers.points.total('valtronics_telemetry_points_total'),
    };
    await ended();
    observed.unseen.messages += Math.max(0, bridge.messages - seen.messages);
    observed.unseen.points += Math.max(0, bridge.points - seen.points);
  }

  /** What does not work is a finding, and no end of the run. */
  async function attempt(what: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const trouble = `${what}: ${error instanceof Error ? error.message : String(error)}`;
      observed.troubles.push(trouble);
      tell(` trouble  ${trouble}`);
    }
  }

  async function begin(planned: PlannedFault): Promise<void> {
    const { fault, from, to, long } = planned;
    tell(`  begins  ${fault.name} (${Math.round((to - from) / 1000)} s${long ? ', long' : ''})`);
    const follower = followFault(planned, performance.now(), observed.last.samples);
    const ends = fault.action.do === 'exporter' && fault.action.how !== 'freeze';
    if (fault.action.do === 'exporter') messagesBefore = bridge.messages;
    const act = (): Promise<void> => attempt(fault.name, () => injector.begin(fault.action));
    await (ends ? endProcess(act) : act());
    followers.push(follower);
    active.set(planned, follower);
  }

  async function end(planned: PlannedFault): Promise<void> {
    const follower = active.get(planned);
    active.delete(planned);
    const { action } = planned.fault;
    if (action.do === 'exporter' && action.how === 'freeze')
      observed.repeatable += bridge.messages - messagesBefore;
    await attempt(`the end of ${planned.fault.name}`, () => injector.end(planned.fault.action));
    follower?.ended(performance.now());
    tell(`    ends  ${planned.fault.name}`);
  }

  return {
    observed,
    look,
    countPoints: () => looker.countPoints(),
    async inject(stopping) {
      const waiting = [...plan];
      tell(
        `  ${plan.length} faults within ${Math.round(options.duration / MINUTE)} minutes, seed ${options.seed}`,
      );
      while (!stopping.aborted && performance.now() - begun < options.duration) {
        const now = performance.now() - begun;
        for (const planned of [...active.keys()]) {
          if (planned.to <= now) await end(planned);
          else injector.hold(planned.fault.action);
        }
        while (waiting[0] !== undefined && waiting[0].from <= now) {
          const [planned] = waiting.splice(0, 1);
          if (planned !== undefined) await begin(planned);
        }
        await look();
        await delay(LOOK_EACH, undefined, { signal: stopping }).catch(() => undefined);
      }
      for (const planned of [...active.keys()]) await end(planned);
      observed.lasted = performance.now() - begun;
    },
  };
}
