import type { PastAlert } from './pastAlert';

/** An alert of a test's past: a firing one without anything special. */
export function pastAlert(more: Partial<PastAlert> = {}): PastAlert {
  const name = more.name ?? 'DevicesOffline';
  const severity = more.severity ?? 'warning';
  return {
    fingerprint: `${name}-fingerprint`,
    name,
    severity,
    summary: 'Devices are offline',
    labels: { alertname: name, severity },
    annotations: {},
    startsAt: 1000,
    beganBefore: false,
    endsAt: null,
    origins: ['store'],
    raisedBy: 'alertmanager',
    acknowledgement: null,
    resolution: null,
    precision: 0,
    ...more,
  };
}
