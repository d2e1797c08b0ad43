import type { AlertGroup } from '../fleet/alert-rows.ts';

/** Counts rows by severity and type, both as found. */
export function groupAlerts(
  rows: Iterable<{ readonly severity: string; readonly alert_type: string }>,
): AlertGroup[] {
  const groups = new Map<string, { severity: string; alertType: string; count: number }>();
  for (const { severity, alert_type: alertType } of rows) {
    const key = JSON.stringify([severity, alertType]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { severity, alertType, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()];
}
