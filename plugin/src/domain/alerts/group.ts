import { alertKind, isFiring, type AlertRow } from './alert';
import { labelValue } from './matchers';
import { alertSeverityRank } from './severity';

/** Stands for the label to group by kind (`alertKind`): the name alone does not tell those of the platform and of devices apart. */
export const KIND_GROUP = 'alert';

/** Alerts with the same value of a label. */
export interface AlertGroup {
  /** The value; undefined for the alerts without the label. */
  readonly value: string | undefined;
  /** In the order in which they were given; at least one. */
  readonly alerts: readonly AlertRow[];
  /** How many of them fire, taken on or not. */
  readonly firing: number;
  /** The worst severity among them, as found. */
  readonly severity: string;
}

function groupOf(value: string | undefined, alerts: readonly AlertRow[]): AlertGroup {
  const worst = alerts.reduce((before, alert) =>
    alertSeverityRank(alert.severity) < alertSeverityRank(before.severity) ? alert : before,
  );
  return { value, alerts, firing: alerts.filter(isFiring).length, severity: worst.severity };
}

/** The alerts by a label's value, the worst group first, then the largest; those without the label come last. */
export function groupAlerts(alerts: readonly AlertRow[], label: string): AlertGroup[] {
  const groups = new Map<string | undefined, [AlertRow, ...AlertRow[]]>();
  for (const alert of alerts) {
    const value = (label === KIND_GROUP ? alertKind(alert) : labelValue(alert.labels, label)) || undefined;
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [alert]);
    else group.push(alert);
  }
  return [...groups]
    .map(([value, members]) => groupOf(value, members))
    .sort(
      (a, b) =>
        Number(a.value === undefined) - Number(b.value === undefined) ||
        alertSeverityRank(a.severity) - alertSeverityRank(b.severity) ||
        b.alerts.length - a.alerts.length ||
        (a.value ?? '').localeCompare(b.value ?? ''),
    );
}

/** Labels that alerts have, the most frequent first: what they can be grouped by. */
export function groupLabels(alerts: readonly AlertRow[]): string[] {
  const counts = new Map<string, number>();
  for (const { labels } of alerts)
    for (const name of Object.keys(labels)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b)).map(([name]) => name);
}
