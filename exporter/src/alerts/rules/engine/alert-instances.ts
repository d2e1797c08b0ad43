import { type Labels, labelsKey } from '@valtronics/promql';

/** One set of labels for which the condition holds now. */
export interface AlertResult {
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A condition that holds, or has held, for one set of labels. Times are milliseconds since the epoch. */
export interface AlertInstance extends AlertResult {
  readonly state: 'pending' | 'firing';
  /** Since when the condition holds. */
  readonly activeAt: number;
  /** Since when it fires; null while pending. */
  readonly firedAt: number | null;
  /** Since when the condition no longer holds while it is kept firing; null otherwise. */
  readonly keptSince: number | null;
}

export interface InstanceOptions {
  /** How long the condition has to hold, milliseconds. */
  readonly holdFor: number;
  /** How long it goes on firing afterwards, milliseconds. */
  readonly keepFiringFor: number;
}

export type Instances = ReadonlyMap<string, AlertInstance>;

function advance(instance: AlertInstance, now: number, holdFor: number): AlertInstance {
  if (instance.state === 'firing' || now - instance.activeAt < holdFor) return instance;
  return { ...instance, state: 'firing', firedAt: now };
}

/** The instance as it is after the wall clock was set by so many milliseconds: it has lasted as long as before. */
export function shiftInstance(instance: AlertInstance, by: number): AlertInstance {
  const moved = (at: number | null): number | null => (at === null ? null : at + by);
  return {
    ...instance,
    activeAt: instance.activeAt + by,
    firedAt: moved(instance.firedAt),
    keptSince: moved(instance.keptSince),
  };
}

/**
 * The instances after an evaluation at `now`, as Prometheus keeps them: pending until `holdFor` has passed, then
 * firing, kept firing for `keepFiringFor`. Until `patientUntil` a firing one stays although the condition does
 * not hold: after a restart there is not yet enough history to judge.
 */
export function nextInstances(
  before: Instances,
  results: readonly AlertResult[],
  now: number,
  { holdFor, keepFiringFor }: InstanceOptions,
  patientUntil = 0,
): Instances {
  const next = new Map<string, AlertInstance>();
  for (const result of results) {
    const key = labelsKey(result.labels);
    const known = before.get(key);
    const begun = known ?? { state: 'pending' as const, activeAt: now, firedAt: null };
    // The same object of labels as long as the alert lives: what is derived from it is found again.
    const labels = known?.labels ?? result.labels;
    next.set(key, advance({ ...begun, ...result, labels, keptSince: null }, now, holdFor));
  }
  for (const [key, instance] of before) {
    if (next.has(key) || instance.state !== 'firing') continue;
    const keptSince = instance.keptSince ?? now;
    if (now < patientUntil) next.set(key, instance);
    else if (now - keptSince < keepFiringFor) next.set(key, { ...instance, keptSince });
  }
  return next;
}

/** Whether anything has changed that matters after a restart: which alerts there are, and since when. */
export function instancesDiffer(before: Instances, after: Instances): boolean {
  if (before.size !== after.size) return true;
  for (const [key, instance] of after) {
    const known = before.get(key);
    if (known === undefined) return true;
    const same =
      known.activeAt === instance.activeAt &&
      known.firedAt === instance.firedAt &&
      known.keptSince === instance.keptSince;
    if (!same) return true;
  }
  return false;
}
