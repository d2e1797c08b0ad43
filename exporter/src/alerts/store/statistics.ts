import { z } from 'zod';
import {
  ALERT_SOURCES,
  ALERT_STATES,
  type AlertSource,
  type AlertState,
  CRITICAL_UNACKNOWLEDGED,
} from '../alert.ts';
import type { Sql } from './database.ts';

/** Figures about what the store holds. Mean times are seconds, null when there is nothing to take the mean of. */
export interface AlertStatistics {
  readonly total: number;
  /** Not resolved, acknowledged or not. */
  readonly open: number;
  readonly acknowledged: number;
  readonly resolved: number;
  /** Open alerts by severity, as found. */
  readonly bySeverity: Readonly<Record<string, number>>;
  /** Raised per hour over the last day. */
  readonly rate: number;
  readonly meanTimeToAcknowledge: number | null;
  readonly meanTimeToResolve: number | null;
  /** The names that were raised most often, at most ten. */
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
const HOURS = 24;

const countRow = z.object({
  source: z.enum(ALERT_SOURCES),
  state: z.enum(ALERT_STATES),
  severity: z.string(),
  count: z.number(),
});

/** All alerts by source, state and severity. */
export function countAlerts(sql: Sql): AlertCount[] {
  return sql.all(countRow, 'select source, state, severity, count(*) as count from alerts group by 1, 2, 3');
}

/**
 * When the oldest alert began that nobody has acknowledged, by severity. The alert about that itself is left
 * out: it would keep itself firing.
 */
export function oldestUnacknowledged(sql: Sql): { readonly severity: string; readonly since: number }[] {
  return sql.all(
    z.object({ severity: z.string(), since: z.number() }),
    `select severity, min(starts_at) as since from alerts
     where state = 'active' and state <> 'resolved' and name <> '${CRITICAL_UNACKNOWLEDGED}' group by severity`,
  );
}

const figuresRow = z.object({
  rate: z.number(),
  acknowledge: z.number().nullable(),
  resolve: z.number().nullable(),
});

export function readStatistics(sql: Sql, now: number): AlertStatistics {
  const counts = countAlerts(sql);
  const sum = (...states: readonly AlertState[]): number =>
    counts.filter(({ state }) => states.includes(state)).reduce((total, { count }) => total + count, 0);
  const bySeverity: Record<string, number> = {};
  for (const { state, severity, count } of counts)
    if (state !== 'resolved') bySeverity[severity] = (bySeverity[severity] ?? 0) + count;
  const figures = sql.first(
    figuresRow,
    `select (select count(*) from alerts where raised_at > ?) as rate,
       avg((first_acknowledged - starts_at) / 1000.0) as acknowledge,
       avg((resolved_at - starts_at) / 1000.0) as resolve from alerts`,
    now - DAY,
  );
  const noisiest = sql.all(
    z.object({ name: z.string(), count: z.number() }),
    'select name, count(*) as count from alerts group by name order by count desc, name limit 10',
  );
  return {
    total: sum('active', 'acknowledged', 'resolved'),
    open: sum('active', 'acknowledged'),
    acknowledged: sum('acknowledged'),
    resolved: sum('resolved'),
    bySeverity,
    rate: (figures?.rate ?? 0) / HOURS,
    meanTimeToAcknowledge: figures?.acknowledge ?? null,
    meanTimeToResolve: figures?.resolve ?? null,
    noisiest,
  };
}
