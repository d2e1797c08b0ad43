import type { z } from 'zod';
import type { Alert } from '../alert.ts';
import { alertView } from '../alert-view.ts';
import type { Notified, ToldNotice } from '../store/notified.ts';
import type { AuditEntry, ListedAlert } from '../store/queries.ts';
import type { AlertStatistics } from '../store/statistics.ts';
import type { alertDetailsSchema, alertStatisticsSchema } from './schemas.ts';

const iso = (at: number): string => new Date(at).toISOString();

function notifiedView({ receiver, state, at }: Notified) {
  return { receiver, state, at: iso(at) };
}

function flappingView(since: number | undefined): string | null {
  return since === undefined ? null : iso(since);
}

/** A row of a list; `flapping`: since when it goes on and off. */
export function alertRowView(alert: ListedAlert, maintenance: string[], flapping: number | undefined) {
  return {
    ...alertView(alert, maintenance),
    flappingSince: flappingView(flapping),
    notified: alert.notified.map(notifiedView),
  };
}

export function alertDetailsView(
  alert: Alert,
  maintenance: string[],
  flapping: number | undefined,
  told: readonly ToldNotice[],
  events: readonly AuditEntry[],
): z.input<typeof alertDetailsSchema> {
  return {
    ...alertView(alert, maintenance),
    flappingSince: flappingView(flapping),
    deliveries: told.map((notice) => ({ ...notifiedView(notice), kind: notice.kind })),
    events: events.map(({ at, action, actor, actorKind, comment }) => ({
      ...{ at: iso(at), action, by: actor, kind: actorKind, comment },
    })),
  };
}

/** The statistics under the seed's names and ours. */
export function statisticsView(statistics: AlertStatistics): z.input<typeof alertStatisticsSchema> {
  return {
    total_alerts: statistics.total,
    active_alerts: statistics.open,
    acknowledged_alerts: statistics.acknowledged,
    resolved_alerts: statistics.resolved,
    severity_counts: statistics.bySeverity,
    alert_rate: statistics.rate,
    mean_time_to_acknowledge_seconds: statistics.meanTimeToAcknowledge,
    mean_time_to_resolve_seconds: statistics.meanTimeToResolve,
    noisiest: statistics.noisiest,
  };
}
