import type { OpenAlertRow } from '../open-alert-groups.ts';
import type { AlertRow } from './schemas.ts';

/** An active row with its device by name: `#7` when the list of devices does not have row 7. */
export function openAlertRow(row: AlertRow, ids: ReadonlyMap<number, string>, now: number): OpenAlertRow {
  const number = row.device_id ?? undefined;
  const known = number === undefined ? '' : (ids.get(number) ?? `#${number}`);
  return {
    id: row.id,
    deviceId: known,
    alertType: row.alert_type,
    metricName: row.metric_name,
    severity: row.severity,
    title: row.title,
    description: row.description,
    raisedAt: row.created_at ?? now,
  };
}
