import type { NewMaintenanceWindow } from './silence';

/** The longest window that the exporter takes, milliseconds. */
export const LONGEST_WINDOW_MS = 366 * 86_400_000;

/** A maintenance window as it is being written. Times are milliseconds since the epoch. */
export interface MaintenanceDraft {
  readonly devices: readonly string[];
  readonly deviceTypes: readonly string[];
  readonly locations: readonly string[];
  /** Undefined: at once. */
  readonly startsAt: number | undefined;
  /** Undefined when it cannot be read. */
  readonly endsAt: number | undefined;
  readonly comment: string;
}

/** What is wrong with a draft, each once; empty when it can be sent. */
export type DraftFault =
  'covers-nothing' | 'no-end' | 'ends-before-start' | 'over' | 'too-long' | 'no-comment';

/** The faults of a draft at a moment, milliseconds since the epoch: the exporter's own rules, and a comment. */
export function draftFaults(draft: MaintenanceDraft, now: number): DraftFault[] {
  const { devices, deviceTypes, locations, endsAt, comment } = draft;
  const startsAt = draft.startsAt ?? now;
  const faults: DraftFault[] = [];
  if (devices.length + deviceTypes.length + locations.length === 0) faults.push('covers-nothing');
  if (endsAt === undefined) faults.push('no-end');
  else if (endsAt <= startsAt) faults.push('ends-before-start');
  else if (endsAt <= now) faults.push('over');
  else if (endsAt - startsAt > LONGEST_WINDOW_MS) faults.push('too-long');
  if (comment.trim() === '') faults.push('no-comment');
  return faults;
}

/** The window of a draft without faults. */
export function windowOfDraft(draft: MaintenanceDraft, endsAt: number): NewMaintenanceWindow {
  const { devices, deviceTypes, locations, startsAt, comment } = draft;
  return {
    ...{ devices, deviceTypes, locations, endsAt },
    ...(startsAt === undefined ? {} : { startsAt }),
    comment: comment.trim(),
  };
}
