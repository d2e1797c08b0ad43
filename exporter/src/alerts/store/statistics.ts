import { z } from 'zod';
import {
  ALERT_SOURCES,
  ALERT_STATES,
  type AlertSource,
  type AlertState,
  CRITICAL_UNACKNOWLEDGED,
} from '../alert.ts';
import type { Sql } from './sql.ts';

/** Figures about what the store holds. Mean times are seconds, null when there is nothing to take the mean of. */
export interface AlertStatistics {
  readonly total: number;
  /** Not resolved, acknowledged or not. */
  readonly open: number;
  readonly acknowledged: number;
  readonly resolved: number;
  /** Open alerts by severity, as found. */
  readonly bySeverity: Readonly<Record<string, number>>;
  /** Raised per hour over the last day, to the minute. */
  readonly rate: number;
  readonly meanTimeToAcknowledge: number | null;
  readonly meanTimeToResolve: number | null;
  /** What was raised most often, at most ten: names, and types of what the platform and devices raise. */
  readonly noisiest: readonly { readonly name: string; readonly count: number }[];
}

/** How many alerts of one kind the store holds. */
export interface AlertCount {
  readonly source: AlertSource;
  readonly state: AlertState;
  readonly severity: string;
  readonly count: number;
}

const DAY = 86_400_000;
const MINUTE = 60_000;
const HOURS = 24;

const countRow = z.object({
  source: z.enum(ALERT_SOURCES),
  state: z.enum(ALERT_STATES),
  severity: z.string(),
  count: z.number(),
});

/** All alerts by source, state and severity. */
export function countAlerts(sql: Sql): Promise<AlertCount[]> {
  return sql.all(countRow, 'select source, state, severity, count from tally_kinds');
}

/** How many alerts are not resolved. */
export async function countOpen(sql: Sql): Promise<number> {
  const row = await sql.first(
    z.object({ open: z.number() }),
    "select coalesce(sum(count), 0) as open from tally_kinds where state <> 'resolved'",
  );
  return row?.open ?? 0;
}

/**
 * When the oldest alert began that nobody has acknowledged, by severity. The alert about that itself is left
 * out: it would keep itself firing.
 */
export function oldestUnacknowledged(
  sql: Sql,
): Promise<{ readonly severity: string; readonly since: number }[]> {
  return sql.all(
    z.object({ severity: z.string(), since: z.number() }),
    `select * from (
       select t.severity, (
         select min(a.starts_at) from alerts a
         where a.state = 'active' and a.name <> '${CRITICAL_UNACKNOWLEDGED}' and a.severity = t.severity) as since
       from (select distinct severity from tally_kinds where state = 'active') t) oldest
     where since is not null`,
  );
}

const figuresRow = z.object({
  rate: z.number(),
  acknowledge: z.number().nullable(),
  resolve: z.number().nullable(),
});

export async function readStatistics(sql: Sql, now: number): Promise<AlertStatistics> {
  const counts = await countAlerts(sql);
  const sum = (...states: readonly AlertState[]): number =>
    counts.filter(({ state }) => states.includes(state)).reduce((total, { count }) => total + count, 0);
  const bySeverity = new Map<string, number>();
  for (const { state, severity, count } of counts)
    if (state !== 'resolved') bySeverity.set(severity, (bySeverity.get(severity) ?? 0) + count);
  const mean = (what: string): string =>
    `(select total / 1000.0 / nullif(count, 0) from tally_times where what = '${what}')`;
  const figures = await sql.first(
    figuresRow,
    `select (select coalesce(sum(count), 0) from tally_minutes where minute > ?) as rate,
       ${mean('acknowledge')} as acknowledge, ${mean('resolve')} as resolve`,
    Math.floor((now - DAY) / MINUTE),
  );
  const noisiest = await sql.all(
    z.object({ name: z.string(), count: z.number() }),
    'select kind as name, count from tally_kind_words order by count desc, kind limit 10',
  );
  return {
    total: sum('active', 'acknowledged', 'resolved'),
    open: sum('active', 'acknowledged'),
    acknowledged: sum('acknowledged'),
    resolved: sum('resolved'),
    bySeverity: Object.fromEntries(bySeverity),
    rate: (figures?.rate ?? 0) / HOURS,
    meanTimeToAcknowledge: figures?.acknowledge ?? null,
    meanTimeToResolve: figures?.resolve ?? null,
    noisiest,
  };
}
