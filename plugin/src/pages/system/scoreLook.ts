import type { DeviceStatus } from '../../domain/fleet/deviceStatus';
import type { CollectorState } from '../../api/exporterTypes';

/** How a health score looks, in the product's status language; null is not measured. */
export function scoreStatus(score: number | null): DeviceStatus {
  if (score === null) return 'unknown';
  if (score >= 80) return 'online';
  return score >= 50 ? 'warning' : 'error';
}

/** How the overall score looks: never well while a component is in error. */
export function overallStatus(score: number, componentsInError: number): DeviceStatus {
  const own = scoreStatus(score);
  return own === 'online' && componentsInError > 0 ? 'warning' : own;
}

/** How the state of a collector looks. */
export function collectorStatus(state: CollectorState): DeviceStatus {
  const looks = {
    ok: 'online',
    failing: 'error',
    paused: 'error',
    waiting: 'unknown',
    not_configured: 'unknown',
  } as const;
  return looks[state];
}
