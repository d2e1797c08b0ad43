import type { AlertRow } from '../../../domain/alerts/alert';
import type { PastAlert } from '../../../domain/alerts/pastAlert';

/** What happened to an alert. */
export type ChangeKind = 'fired' | 'acknowledged' | 'resolved';

/** A line of the list: an alert as it is, or one thing that happened to it. Times are milliseconds since the epoch. */
export interface Line {
  /** Unique within the list. */
  readonly key: string;
  readonly alert: AlertRow;
  /** Undefined where the line shows the alert as it is. */
  readonly change: ChangeKind | undefined;
  /** When the change happened, else when the alert began; NaN where nobody knows. */
  readonly at: number;
  /** Who did it, where somebody did. */
  readonly by: string;
  readonly comment: string;
}

/** The line of an alert as it is. */
export function lineOf(alert: AlertRow): Line {
  const { acknowledgement } = alert;
  return {
    key: `${alert.fingerprint} ${alert.startsAt}`,
    alert,
    change: undefined,
    at: alert.startsAt,
    by: acknowledgement?.by ?? '',
    comment: acknowledgement?.comment ?? '',
  };
}

/** An alert of the past as lists know alerts. */
export function rowOfPast(past: PastAlert): AlertRow {
  const acknowledged = past.acknowledgement !== null;
  return {
    fingerprint: past.fingerprint,
    name: past.name,
    severity: past.severity,
    summary: past.summary,
    labels: past.labels,
    annotations: past.annotations,
    startsAt: past.beganBefore ? NaN : past.startsAt,
    endsAt: past.endsAt,
    raisedBy: past.raisedBy,
    acknowledgement: past.acknowledgement,
    resolution: past.resolution,
    state: past.endsAt !== null ? 'resolved' : acknowledged ? 'acknowledged' : 'active',
    origins: past.origins,
    routedBy: [],
    silencedBy: [],
    inhibitedBy: [],
    maintenance: [],
    suppressed: false,
    receivers: [],
    notified: [],
    value: undefined,
    generatorUrl: undefined,
  };
}

/** What happened to the alerts between two moments (milliseconds since the epoch), newest first. */
export function changesOf(alerts: readonly AlertRow[], from: number, to: number): Line[] {
  return alerts
    .flatMap((alert): Line[] => {
      const line = (change: ChangeKind, at: number, by: string, comment: string): Line => ({
        key: `${alert.fingerprint} ${alert.startsAt} ${change}`,
        alert,
        change,
        at,
        by,
        comment,
      });
      const { acknowledgement, resolution, endsAt } = alert;
      return [
        // What is pending has not fired.
        ...(alert.state === 'pending' ? [] : [line('fired', alert.startsAt, '', '')]),
        ...(acknowledgement === null
          ? []
          : [line('acknowledged', acknowledgement.at, acknowledgement.by, acknowledgement.comment)]),
        ...(endsAt === null
          ? []
          : [line('resolved', endsAt, resolution?.by ?? '', resolution?.comment ?? '')]),
      ];
    })
    .filter(({ at }) => at >= from && at <= to)
    .sort((a, b) => b.at - a.at || (a.key < b.key ? -1 : 1));
}
