import type { RowSink, TelemetryRow } from './rows.ts';

export type NewTelemetry = Pick<TelemetryRow, 'deviceId' | 'metricName' | 'metricValue' | 'unit'>;

/** The newest telemetry of every device, as much as the API shows; the database keeps more. */
export interface TelemetryStore {
  /** Points stored since the start; never falls. */
  readonly total: number;
  add(point: NewTelemetry, at: number): TelemetryRow;
  /** The device's points since the time, newest first. */
  ofDevice(deviceId: number, since: number, limit: number): TelemetryRow[];
  /** The newest point of each of the device's metrics, however old. */
  latest(deviceId: number): TelemetryRow[];
  /** Points stored since the time (milliseconds since the epoch), by hour of day (UTC). */
  hourly(since: number): Map<number, number>;
  remove(row: TelemetryRow): void;
}

interface History {
  readonly rows: TelemetryRow[];
  readonly latest: Map<string, TelemetryRow>;
}

const MINUTE = 60_000;
const MINUTES_KEPT = 24 * 60;

/**
 * @param pointsPerDevice how many points of one device are kept; the API never shows more than 1,000
 */
export function createTelemetryStore(sink: RowSink, pointsPerDevice: number): TelemetryStore {
  const histories = new Map<number, History>();
  const perMinute = new Map<number, number>();
  let lastId = 0;

  const historyOf = (deviceId: number): History => {
    let history = histories.get(deviceId);
    if (history === undefined) {
      history = { rows: [], latest: new Map() };
      histories.set(deviceId, history);
    }
    return history;
  };
  const count = (at: number): void => {
    const minute = Math.floor(at / MINUTE);
    const known = perMinute.get(minute);
    perMinute.set(minute, (known ?? 0) + 1);
    if (known !== undefined) return;
    for (const old of perMinute.keys()) if (old < minute - MINUTES_KEPT) perMinute.delete(old);
  };

  return {
    get total() {
      return lastId;
    },
    add(point, at) {
      lastId += 1;
      const row: TelemetryRow = { id: lastId, ...point, timestamp: at };
      const history = historyOf(point.deviceId);
      history.rows.push(row);
      if (history.rows.length > pointsPerDevice * 1.25) {
        history.rows.splice(0, history.rows.length - pointsPerDevice);
      }
      history.latest.set(row.metricName, row);
      count(at);
      sink.telemetry(row);
      return row;
    },
    ofDevice(deviceId, since, limit) {
      const rows = histories.get(deviceId)?.rows ?? [];
      const found: TelemetryRow[] = [];
      for (let at = rows.length - 1; at >= 0 && found.length < limit; at--) {
        const row = rows[at];
        if (row !== undefined && row.timestamp >= since) found.push(row);
      }
      return found;
    },
    latest: (deviceId) => [...(histories.get(deviceId)?.latest.values() ?? [])],
    hourly(since) {
      const hours = new Map<number, number>();
      for (const [minute, points] of perMinute) {
        if ((minute + 1) * MINUTE <= since) continue;
        const hour = new Date(minute * MINUTE).getUTCHours();
        hours.set(hour, (hours.get(hour) ?? 0) + points);
      }
      return hours;
    },
    remove(row) {
      const history = histories.get(row.deviceId);
      if (history === undefined) return;
      const at = history.rows.indexOf(row);
      if (at >= 0) history.rows.splice(at, 1);
      if (history.latest.get(row.metricName) === row) history.latest.delete(row.metricName);
      sink.telemetryDeleted([row.id]);
    },
  };
}
