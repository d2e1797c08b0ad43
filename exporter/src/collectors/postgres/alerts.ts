import { z } from 'zod';
import type { AlertGroup } from '../../platform-alerts/alert-rows.ts';
import type { OpenAlertGroup } from '../../platform-alerts/open-alerts.ts';
import { text, timeInMs } from './columns.ts';
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

const countRow = z.object({ severity: z.string(), alert_type: z.string(), count: z.number() });

const ACTIVE = `
  select severity, alert_type, count(*)::float8 as count
  from alerts where status = 'active' group by severity, alert_type`;

/** Active rows by severity and type; those of deleted devices count too, as in the platform's own API. */
export async function readActiveAlerts(query: Query): Promise<readonly AlertGroup[]> {
  const rows = await query(countRow, ACTIVE);
  return rows.map((row) => ({ severity: row.severity, alertType: row.alert_type, count: row.count }));
}

const openRow = z.object({
  device: z.string(),
  alert_type: z.string(),
  metric_name: z.string(),
  severity: z.string(),
  title: text,
  description: text,
  count: z.number(),
  first: timeInMs,
  last: timeInMs,
  acknowledged: z.boolean(),
});

/** Most groups that one look reads; more than a person can act on. */
export const MOST_GROUPS = 5000;

/** Groups of rows that are not resolved, the newest first; the newest row of each speaks for it. */
const OPEN = `
  select coalesce(d.device_id, '#' || g.device_id) as device, g.alert_type, g.metric_name, a.severity, a.title,
         left(a.description, 4096) as description, g.count,
         (extract(epoch from g.first) * 1000)::float8 as first,
         (extract(epoch from g.last) * 1000)::float8 as last, g.acknowledged
  from (
    select device_id, alert_type, coalesce(metric_name, '') as metric_name, count(*)::float8 as count,
           min(created_at) as first, max(created_at) as last, max(id) as newest,
           not bool_or(status = 'active') as acknowledged
    from alerts where status in ('active', 'acknowledged')
    group by 1, 2, 3 order by max(id) desc limit $1::int
  ) g
  join alerts a on a.id = g.newest
  left join devices d on d.id = g.device_id
  order by g.newest desc`;

/** What one look found. */
export interface OpenAlerts {
  readonly groups: readonly OpenAlertGroup[];
  /** False when there were more groups than are read. */
  readonly complete: boolean;
}

/** Reads the platform's open alert rows by device, type and metric; `now` stands in for a missing time. */
export async function readOpenAlerts(query: Query, now: number, most = MOST_GROUPS): Promise<OpenAlerts> {
  const rows = await query(openRow, OPEN, [most + 1]);
  const groups = rows.slice(0, most).map((row) => ({
    deviceId: row.device,
    alertType: row.alert_type,
    metricName: row.metric_name,
    ...{ severity: row.severity, title: row.title, description: row.description },
    ...{ count: row.count, first: row.first ?? now, last: row.last ?? now, acknowledged: row.acknowledged },
  }));
  return { groups, complete: rows.length <= most };
}
