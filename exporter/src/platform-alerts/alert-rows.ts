import { ALERTS, ALERTS_ACTIVE } from '../metrics/catalogue/platform.ts';
import type { CounterCell, Metrics } from '../metrics/metrics.ts';
import type { InventorySource } from '../fleet/fleet.ts';
import { type AlertPair, createAlertGroups } from './alert-groups.ts';

/** Alert rows of the platform grouped as both sources can give them. */
export interface AlertGroup {
  /** As found. */
  readonly severity: string;
  readonly alertType: string;
  readonly count: number;
}

/**
 * What collectors tell about the platform's own alert rows. With `postgres` configured only its numbers are
 * published (API and SQL may be two databases); the API's are used alone.
 */
export interface AlertRowsInput {
  /** Replaces the active rows of the source. */
  applyActive(source: 'api' | 'postgres', groups: readonly AlertGroup[]): void;
  /** Rows that were raised since the last call: adds to the counter. */
  raised(source: 'api' | 'postgres', groups: readonly AlertGroup[]): void;
  withdraw(source: 'api' | 'postgres'): void;
}

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

export interface AlertRowsOptions {
  /** The configured sources of alert rows; with both, `postgres` alone is believed. */
  readonly sources: readonly InventorySource[];
  readonly metrics: Metrics;
  /** Most severities beside the known ones; 20 by default. */
  readonly maxSeverities?: number;
  /** Most pairs of severity and type beside the known ones; 50 by default. */
  readonly maxGroups?: number;
}

export interface AlertRows extends AlertRowsInput {
  /** Active rows by severity as published; undefined while there is no believable source. */
  activeBySeverity(): ReadonlyMap<string, number> | undefined;
}

/** Rows of a group; anything that is no positive number of rows is none. */
function rowsOf({ count }: AlertGroup): number {
  return count > 0 && count < Infinity ? count : 0;
}

/**
 * Publishes `valtronics_alerts_active` and counts `valtronics_alerts_total`. Words stay as found.
 */
export function createAlertRows(options: AlertRowsOptions): AlertRows {
  const { sources, metrics, maxSeverities = 20, maxGroups = 50 } = options;
  const believed = sources.includes('postgres') ? 'postgres' : sources.includes('api') ? 'api' : undefined;
  const { known: all, groupOf } = createAlertGroups(metrics, { maxSeverities, maxGroups });
  const known = believed === undefined ? [] : all;
  const raisedCells = new Map<AlertPair, CounterCell>();
  let active: ReadonlyMap<string, number> | undefined;

  function cellOf(group: AlertPair): CounterCell {
    const found = raisedCells.get(group);
    if (found !== undefined) return found;
    const cell = metrics.counter(ALERTS, { ...group });
    raisedCells.set(group, cell);
    return cell;
  }

  for (const group of known) cellOf(group);

  function applyActive(found: readonly AlertGroup[]): void {
    const rows = new Map<AlertPair, number>(known.map((group) => [group, 0]));
    const bySeverity = new Map<string, number>();
    for (const item of found) {
      const group = groupOf(item.severity, item.alertType);
      rows.set(group, (rows.get(group) ?? 0) + rowsOf(item));
      bySeverity.set(group.severity, (bySeverity.get(group.severity) ?? 0) + rowsOf(item));
    }
    active = bySeverity;
    metrics.publish(
      ALERTS_ACTIVE,
      [...rows].map(([group, value]) => ({ labels: { ...group }, value })),
    );
  }

  return {
    applyActive: (source, found) => {
      if (source === believed) applyActive(found);
    },
    raised: (source, found) => {
      if (source !== believed) return;
      for (const item of found) cellOf(groupOf(item.severity, item.alertType)).inc(rowsOf(item));
    },
    withdraw: (source) => {
      if (source !== believed) return;
      active = undefined;
      metrics.withdraw(ALERTS_ACTIVE);
    },
    activeBySeverity: () => active,
  };
}
