import { describe, expect, it } from '@jest/globals';
import type { FleetPicture } from '../../features/fleet/fleetPicture';
import { alertRow, labelsOf } from '../../domain/alerts/alertRow.fixture';
import { alertsByDevice, withAlertCounts } from './alertsByDevice';
import type { AlertPicture } from '../../features/alerts/data/alertLoader';

const of = (device: string, state: 'active' | 'acknowledged' | 'pending' = 'active', name = 'A') =>
  alertRow({ labels: labelsOf(name, { device_id: device }), state });
const picture = (more: Partial<AlertPicture>): AlertPicture => ({
  ...{ alerts: [], rules: [], silences: [], problems: [], complete: true, at: 0 },
  ...more,
});
const DEVICE = {
  name: '',
  deviceType: '',
  location: '',
  status: 'online',
  since: null,
  lastSeen: null,
  alerts: 7,
} as const;
const FLEET: FleetPicture = {
  devices: [
    { ...DEVICE, deviceId: 'D1' },
    { ...DEVICE, deviceId: 'D2' },
  ],
  at: 0,
  source: 'prometheus',
  complete: true,
};

describe('alertsByDevice', () => {
  it('counts what fires, taken on or not, and nothing that is pending or of no device', () => {
    const alerts = [of('D1'), of('D1', 'acknowledged', 'B'), of('D2', 'pending'), alertRow()];
    expect([...(alertsByDevice(picture({ alerts })) ?? [])]).toEqual([['D1', 2]]);
  });

  it('counts nothing when the store is not there to be asked', () => {
    const down = (knownAt: number | undefined) => [
      { ...({ kind: 'exporter-down', source: 'exporter', detail: '' } as const), knownAt },
    ];
    const alerts = [of('D1')];
    expect(alertsByDevice(picture({ alerts, problems: down(undefined) }))).toBeUndefined();
    // What it said before is better than nothing.
    expect(alertsByDevice(picture({ alerts, problems: down(1) }))?.get('D1')).toBe(1);
  });

  it('goes into a picture of the fleet', () => {
    const counted = withAlertCounts(FLEET, new Map([['D1', 2]]));
    expect(counted.devices.map(({ alerts }) => alerts)).toEqual([2, 0]);
  });
});
