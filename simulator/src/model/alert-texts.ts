import type { DeviceSpec } from './device-spec.ts';
import type { AlertText } from './events.ts';
import type { Condition } from './condition.ts';
import type { Random } from './random.ts';

/** The alert that a device's trouble raises; a silent device raises none, nobody notices it. */
export function alertOfCondition(device: DeviceSpec, condition: Condition): AlertText | undefined {
  const base = { metricName: null, thresholdValue: null };
  switch (condition) {
    case 'error':
      return {
        ...base,
        title: 'Device Failure',
        description: `Device ${device.name} has failed`,
        severity: 'critical',
        alertType: 'device',
      };
    case 'warning':
      return {
        ...base,
        title: 'Device Degraded',
        description: `Device ${device.name} reports degraded operation`,
        severity: 'warning',
        alertType: 'device',
      };
    case 'offline':
      return {
        ...base,
        title: 'Device Offline',
        description: `Device ${device.name} went offline`,
        severity: 'warning',
        alertType: 'device',
      };
    case 'maintenance':
      return {
        ...base,
        title: 'Maintenance Started',
        description: `Maintenance of ${device.name} has started`,
        severity: 'info',
        alertType: 'system',
      };
    case 'silent':
    case 'drift':
    case 'alarm':
    case 'healthy':
      return undefined;
  }
}

type Ambient = Omit<AlertText, 'description'> & { readonly what: string };

const base = { metricName: null, thresholdValue: null } as const;
/** Things that happen in any fleet, however healthy; repeated ones are the more frequent ones. */
const AMBIENT: readonly Ambient[] = [
  {
    ...base,
    title: 'Unusual Reading Pattern',
    what: 'shows an unusual pattern',
    severity: 'warning',
    alertType: 'anomaly',
  },
  { ...base, title: 'Reading Spike', what: 'had a single spike', severity: 'info', alertType: 'anomaly' },
  {
    ...base,
    title: 'Clock Drift',
    what: 'has a clock that drifts',
    severity: 'warning',
    alertType: 'system',
  },
  {
    ...base,
    title: 'Firmware Update Available',
    what: 'has an update waiting',
    severity: 'info',
    alertType: 'system',
  },
  {
    ...base,
    title: 'Weak Signal',
    what: 'has a weak radio signal',
    severity: 'warning',
    alertType: 'device',
  },
  { ...base, title: 'Restarted', what: 'restarted by itself', severity: 'info', alertType: 'device' },
  {
    ...base,
    title: 'Repeated Checksum Errors',
    what: 'sends damaged packets',
    severity: 'critical',
    alertType: 'anomaly',
  },
];

/** Some alert about a device that is otherwise well. */
export function ambientAlert(device: DeviceSpec, random: Random): AlertText {
  const critical = random.chance(0.08);
  const { what, ...alert } = random.pick(
    AMBIENT.filter((text) => (text.severity === 'critical') === critical),
  );
  return { ...alert, description: `${device.name} ${what}` };
}
