import type { AlertRow, RowSink } from './rows.ts';

export type NewAlert = Pick<AlertRow, 'deviceId' | 'title' | 'severity' | 'alertType'> &
  Partial<Pick<AlertRow, 'description' | 'thresholdValue' | 'actualValue' | 'metricName'>>;

/** The platform's alerts table, newest last. */
export interface AlertStore {
  add(alert: NewAlert, at: number): AlertRow;
  acknowledge(row: AlertRow, at: number): void;
  resolve(row: AlertRow, at: number): void;
  get(id: number): AlertRow | undefined;
  all(): AlertRow[];
}

/**
 * @param maxRows rows that are kept; beyond it the oldest resolved ones go. Ids never come back, so whoever
 *   counts by id loses nothing.
 */
export function createAlertStore(sink: RowSink, maxRows = 20_000): AlertStore {
  const rows = new Map<number, AlertRow>();
  let lastId = 0;

  const prune = (): void => {
    if (rows.size <= maxRows) return;
    const surplus = rows.size - Math.floor(maxRows * 0.95);
    const doomed = [...rows.values()].filter((row) => row.status === 'resolved').slice(0, surplus);
    for (const row of doomed) rows.delete(row.id);
    if (doomed.length > 0) sink.alertsDeleted(doomed.map((row) => row.id));
  };

  return {
    add(alert, at) {
      lastId += 1;
      const row: AlertRow = {
        id: lastId,
        deviceId: alert.deviceId,
        title: alert.title,
        description: alert.description ?? null,
        severity: alert.severity,
        alertType: alert.alertType,
        status: 'active',
        thresholdValue: alert.thresholdValue ?? null,
        actualValue: alert.actualValue ?? null,
        metricName: alert.metricName ?? null,
        createdAt: at,
        acknowledgedAt: null,
        resolvedAt: null,
      };
      rows.set(row.id, row);
      sink.alert(row, true);
      prune();
      return row;
    },
    acknowledge(row, at) {
      row.status = 'acknowledged';
      row.acknowledgedAt = at;
      sink.alert(row, false);
    },
    resolve(row, at) {
      row.status = 'resolved';
      row.resolvedAt = at;
      sink.alert(row, false);
    },
    get: (id) => rows.get(id),
    all: () => [...rows.values()],
  };
}
