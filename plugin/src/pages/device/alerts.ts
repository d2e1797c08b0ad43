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
