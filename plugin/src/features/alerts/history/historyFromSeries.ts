import type { InstantRow, Labels, RangeSeries } from '../../../api/prometheusShapes';
import { fingerprintOf } from '../../../domain/alerts/fingerprint';
import type { HistoryQueries } from './historyQueries';
import type { PastAlert } from '../../../domain/alerts/pastAlert';

/** Answers to the questions of `historyQueries`. */
export interface HistoryAnswers {
  readonly atStart: readonly InstantRow[];
  readonly begins: readonly RangeSeries[];
  readonly ends: readonly RangeSeries[];
}

interface Events {
  readonly labels: Labels;
  atStart: boolean;
  readonly times: { readonly at: number; readonly begins: boolean }[];
}

/** The alert's own labels: without what Prometheus adds to `ALERTS`. */
function alertLabels(labels: Labels): Labels {
  return Object.fromEntries(
    Object.entries(labels).filter(([name]) => name !== '__name__' && name !== 'alertstate'),
  );
}

function eventsByAlert({ atStart, begins, ends }: HistoryAnswers): Map<string, Events> {
  const all = new Map<string, Events>();
  const eventsOf = (labels: Labels): Events => {
    const own = alertLabels(labels);
    const fingerprint = fingerprintOf(own);
    const events = all.get(fingerprint) ?? { labels: own, atStart: false, times: [] };
    all.set(fingerprint, events);
    return events;
  };
  for (const { labels } of atStart) eventsOf(labels).atStart = true;
  for (const { labels, times } of begins)
    eventsOf(labels).times.push(...times.map((at) => ({ at, begins: true })));
  for (const { labels, times } of ends)
    eventsOf(labels).times.push(...times.map((at) => ({ at, begins: false })));
  return all;
}

/** The alerts that Prometheus saw firing, oldest first for each fingerprint. */
export function historyFromSeries(answers: HistoryAnswers, queries: HistoryQueries): PastAlert[] {
  return [...eventsByAlert(answers)].flatMap(([fingerprint, { labels, atStart, times }]) => {
    const alerts: PastAlert[] = [];
    const add = (startsAt: number, endsAt: number | null): void => {
      alerts.push({
        fingerprint,
        name: labels.alertname ?? '',
        severity: labels.severity ?? '',
        summary: '',
        labels,
        annotations: {},
        startsAt,
        beganBefore: startsAt === queries.start,
        endsAt: endsAt === null ? null : Math.max(startsAt, endsAt),
        origins: ['prometheus'],
        raisedBy: undefined,
        acknowledgement: null,
        resolution: null,
        precision: queries.step / 2,
      });
    };
    let since = atStart ? queries.start : undefined;
    // An end and a beginning never share a point; in time the state simply alternates.
    for (const { at, begins } of times.sort((a, b) => a.at - b.at)) {
      if (begins && since === undefined) since = at - queries.beginsEarlier;
      if (!begins && since !== undefined) {
        add(since, at - queries.endsEarlier);
        since = undefined;
      }
    }
    if (since !== undefined) add(since, null);
    return alerts;
  });
}
