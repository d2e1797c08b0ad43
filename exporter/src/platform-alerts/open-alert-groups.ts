import type { OpenAlertGroup } from './open-alerts.ts';

/** One alert row as a source tells it. */
export interface OpenAlertRow {
  readonly id: number;
  readonly deviceId: string;
  readonly alertType: string;
  readonly metricName: string;
  readonly severity: string;
  readonly title: string;
  readonly description: string;
  /** Milliseconds since the epoch. */
  readonly raisedAt: number;
}

/** Groups active rows by device, type and metric; the newest row of a group speaks for it. */
export function groupOpenAlerts(rows: Iterable<OpenAlertRow>): OpenAlertGroup[] {
  const groups = new Map<string, { newest: OpenAlertRow; count: number; first: number; last: number }>();
  for (const row of rows) {
    const key = JSON.stringify([row.deviceId, row.alertType, row.metricName]);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { newest: row, count: 1, first: row.raisedAt, last: row.raisedAt });
      continue;
    }
    if (row.id > group.newest.id) group.newest = row;
    group.count += 1;
    group.first = Math.min(group.first, row.raisedAt);
    group.last = Math.max(group.last, row.raisedAt);
  }
  return [...groups.values()].map(({ newest, count, first, last }) => {
    const { deviceId, alertType, metricName, severity, title, description } = newest;
    const about = { deviceId, alertType, metricName, severity, title, description };
    return { ...about, count, first, last, acknowledged: false };
  });
}
