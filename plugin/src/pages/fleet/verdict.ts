import { countStatuses, isFine, needsYou, type StatusCounts } from '../../domain/fleet/deviceStatus';
import type { FleetDevice } from '../../features/fleet/fleetPicture';

/** The answer to "do I need to act?". */
export interface Verdict {
  readonly kind: 'empty' | 'need' | 'watch' | 'fine';
  readonly total: number;
  /** Error and offline. */
  readonly need: number;
  /** Online and maintenance. */
  readonly fine: number;
  readonly counts: StatusCounts;
  /** When a device last changed its status, milliseconds since the epoch; null when nobody knows. */
  readonly lastChange: number | null;
}

function kindOf(total: number, need: number, fine: number): Verdict['kind'] {
  if (total === 0) return 'empty';
  if (need > 0) return 'need';
  return fine === total ? 'fine' : 'watch';
}

/** Error and offline need somebody, online and maintenance are fine, warning and unknown are to be watched. */
export function verdictOf(devices: readonly FleetDevice[]): Verdict {
  let need = 0;
  let fine = 0;
  let lastChange: number | null = null;
  for (const { status, since } of devices) {
    if (needsYou(status)) need += 1;
    if (isFine(status)) fine += 1;
    if (since !== null && (lastChange === null || since > lastChange)) lastChange = since;
  }
  const total = devices.length;
  return { kind: kindOf(total, need, fine), total, need, fine, counts: countStatuses(devices), lastChange };
}
