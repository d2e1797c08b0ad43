import { z } from 'zod';
import type { AlertGroup } from '../../platform-alerts/alert-rows.ts';
import type { Query } from './connection.ts';
import type { NewRowsTable } from './new-rows.ts';

const alertRow = z.object({ id: z.number(), severity: z.string(), alert_type: z.string() });
export type AlertRow = z.infer<typeof alertRow>;

/** The alerts as a table to follow. */
export const ALERTS_TABLE: NewRowsTable<AlertRow> = {
  name: 'alerts',
  columns: 't.id::float8 as id, t.severity, t.alert_type',
  row: alertRow,
};

const groupRow = z.object({ severity: z.string(), alert_type: z.string(), count: z.number() });

const ACTIVE = `
  select severity, alert_type, count(*)::float8 as count
  from alerts where status = 'active' group by severity, alert_type`;

/** Active rows by severity and type; those of deleted devices count too, as in the platform's own API. */
export async function readActiveAlerts(query: Query): Promise<readonly AlertGroup[]> {
  const rows = await query(groupRow, ACTIVE);
  return rows.map((row) => ({ severity: row.severity, alertType: row.alert_type, count: row.count }));
}
