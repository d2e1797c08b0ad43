import type { StoredAlert } from '../../domain/alerts/alertTypes';
import type { RangeSeries } from '../../api/prometheusShapes';

/** An alert of a device in Prometheus. Times are milliseconds since the epoch. */
export interface DeviceAlert {
  readonly name: string;
  readonly severity: string;
  readonly state: string;
  readonly from: number;
  readonly to: number;
  /** True when it lasts until the end of the range. */
  readonly active: boolean;
}

/** The alerts in the series of `ALERTS`, active ones first, then the newest. `end` and `step` in milliseconds. */
export function deviceAlerts(series: readonly RangeSeries[], end: number, step: number): DeviceAlert[] {
  return series
    .flatMap(({ labels, times }): DeviceAlert[] => {
      const from = times[0];
      const to = times.at(-1);
      if (from === undefined || to === undefined) return [];
      const { alertname: name = '', severity = '', alertstate: state = '' } = labels;
      return [{ name, severity, state, from, to, active: end - to <= 1.5 * step }];
    })
    .sort((a, b) => Number(b.active) - Number(a.active) || b.from - a.from);
}

function overlap(a: DeviceAlert, b: DeviceAlert): boolean {
  return a.name === b.name && a.from <= b.to && b.from <= a.to;
}

/**
 * The alerts of a range that are over: those that the store keeps, and of Prometheus those that the store does not
 * know, newest first.
 */
export function pastAlerts(stored: readonly StoredAlert[], seen: readonly DeviceAlert[]): DeviceAlert[] {
  const kept = stored.map(({ name, severity, state, startsAt, lastSeen, resolution }) => {
    const active = state !== 'resolved';
    return { name, severity, state, from: startsAt, to: resolution?.at ?? lastSeen, active };
  });
  const alone = seen.filter((alert) => !kept.some((known) => overlap(known, alert)));
  return [...kept, ...alone].filter(({ active }) => !active).sort((a, b) => b.from - a.from);
}
