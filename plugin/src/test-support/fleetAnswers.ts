import { STATUS_CODES, type DeviceStatus } from '../domain/fleet/deviceStatus';
import { FLEET_QUERIES, LAST_PICTURE_QUERY } from '../features/fleet/fleetQueries';
import type { PrometheusAnswers } from './fakeGrafana';

/** A device of a test; times in seconds before the picture. */
export interface TestDevice {
  readonly id: string;
  readonly status: DeviceStatus;
  readonly name?: string;
  readonly type?: string;
  readonly location?: string;
  readonly since?: number;
  readonly seen?: number | null;
}

type Row = ReturnType<PrometheusAnswers['instant']>[number];

export const row = (metric: object, value: number, at = 0): Row => ({ metric, value: [at, String(value)] });

/** Prometheus with the devices, as long as `publishedUntil` (seconds since the epoch) is not over. */
export function fleetAnswers(
  devices: readonly TestDevice[],
  more: (query: string, at: number) => readonly Row[] = () => [],
  publishedUntil = Infinity,
): PrometheusAnswers['instant'] {
  return (query, at) => {
    if (query === LAST_PICTURE_QUERY) return Number.isFinite(publishedUntil) ? [row({}, publishedUntil)] : [];
    const present = at <= publishedUntil ? devices : [];
    switch (query) {
      case FLEET_QUERIES.status:
        return present.map(({ id, type = 'sensor', status }) =>
          row({ device_id: id, device_type: type }, STATUS_CODES[status]),
        );
      case FLEET_QUERIES.since:
        return present.map(({ id, since = 3600 }) => row({ device_id: id }, at - since));
      case FLEET_QUERIES.lastSeen:
        return present.flatMap(({ id, seen = 5 }) =>
          seen === null ? [] : [row({ device_id: id }, at - seen)],
        );
      case FLEET_QUERIES.info:
        return present.map(({ id, name = '', location = '' }) => row({ device_id: id, name, location }, 1));
      default:
        return more(query, at);
    }
  };
}
