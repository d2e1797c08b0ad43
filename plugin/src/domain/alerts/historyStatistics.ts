import { alertKind } from './alert';
import type { PastAlert } from './pastAlert';

/** How often alerts of a kind (`alertKind`) came. */
export interface NoisyName {
  readonly name: string;
  readonly count: number;
  /** Of all alerts, 0 to 1. */
  readonly share: number;
}

/** Figures of a stretch of history. Means are milliseconds; undefined when there is nothing to take the mean of. */
export interface HistoryStatistics {
  readonly total: number;
  /** Still there. */
  readonly open: number;
  readonly acknowledged: number;
  readonly resolved: number;
  /** The most frequent first. */
  readonly noisiest: readonly NoisyName[];
  readonly meanTimeToAcknowledge: number | undefined;
  readonly meanTimeToResolve: number | undefined;
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function noisiestOf(alerts: readonly PastAlert[], most: number): NoisyName[] {
  const counts = new Map<string, number>();
  for (const alert of alerts) {
    const kind = alertKind(alert);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, count, share: count / alerts.length }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
    .slice(0, most);
}

/** The figures, with at most `most` names. Alerts whose beginning nobody knows are in no mean. */
export function historyStatistics(alerts: readonly PastAlert[], most: number): HistoryStatistics {
  const dated = alerts.filter(({ beganBefore }) => !beganBefore);
  return {
    total: alerts.length,
    open: alerts.filter(({ endsAt }) => endsAt === null).length,
    acknowledged: alerts.filter(({ acknowledgement }) => acknowledgement !== null).length,
    resolved: alerts.filter(({ endsAt }) => endsAt !== null).length,
    noisiest: noisiestOf(alerts, most),
    meanTimeToAcknowledge: mean(
      dated.flatMap(({ acknowledgement, startsAt }) =>
        acknowledgement === null ? [] : [Math.max(0, acknowledgement.at - startsAt)],
      ),
    ),
    meanTimeToResolve: mean(
      dated.flatMap(({ endsAt, startsAt }) => (endsAt === null ? [] : [endsAt - startsAt])),
    ),
  };
}
