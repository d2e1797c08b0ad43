import type { FleetOutput } from '../../fleet/fleet.ts';
import type { OpenAlert, OpenDeviceAlerts } from './open-alerts.ts';

/** Statuses after which `online` means that what was wrong is over. */
const IN_TROUBLE: ReadonlySet<string> = new Set(['warning', 'error', 'offline']);

/** Most devices in trouble that are remembered. */
const MOST = 100_000;

/** Which devices were in trouble, so that their coming back ends what they raised. */
export interface Trouble {
  /** A device stated its status; true when it is online after trouble. Milliseconds since the epoch. */
  status(deviceId: string, status: string | null, now: number): boolean;
  /**
   * Open alerts of devices that the fleet knows to be online again, whoever said so, and that have not been repeated
   * since: of some devices, other ones each time.
   */
  recovered(open: OpenDeviceAlerts, fleet: Pick<FleetOutput, 'find'>, most: number): OpenAlert[];
}

export function createTrouble(): Trouble {
  /** Since when, milliseconds since the epoch; the longest first. */
  const since = new Map<string, number>();

  function begin(deviceId: string, at: number): void {
    if (since.has(deviceId)) return;
    const [oldest] = since.keys();
    if (since.size >= MOST && oldest !== undefined) since.delete(oldest);
    since.set(deviceId, at);
  }

  function recoveredOf(
    deviceId: string,
    open: OpenDeviceAlerts,
    fleet: Pick<FleetOutput, 'find'>,
  ): OpenAlert[] {
    const device = fleet.find(deviceId);
    if (device === undefined) return [];
    const at = Date.parse(device.statusSince);
    if (IN_TROUBLE.has(device.status)) begin(deviceId, at);
    if (device.status !== 'online') return [];
    const troubledAt = since.get(deviceId);
    const isOver = troubledAt !== undefined && at >= troubledAt;
    if (isOver) since.delete(deviceId);
    // What an earlier run left: the trouble may have been seen by that run alone.
    return open
      .of(deviceId)
      .filter(
        ({ foundAt, heardWall }) => heardWall <= at && (isOver || (foundAt !== undefined && at > foundAt)),
      );
  }

  return {
    status: (deviceId, status, now) => {
      const word = status?.trim().toLowerCase() ?? '';
      if (IN_TROUBLE.has(word)) begin(deviceId, now);
      else if (word === 'online') return since.delete(deviceId);
      return false;
    },
    recovered: (open, fleet, most) =>
      open.nextDevices(most).flatMap((deviceId) => recoveredOf(deviceId, open, fleet)),
  };
}
