import { z } from 'zod';
import { type Alert, type AlertContent, system, WATCHDOG } from '../alert.ts';
import type { Report } from '../store/store.ts';
import { textsSchema } from '../texts.ts';

/** Alerts that one notification may hold. */
const MOST = 10_000;

/** Milliseconds since the epoch; undefined for the zero time by which Go says that there is none. */
const moment = z.iso.datetime({ offset: true }).transform((text) => {
  const at = Date.parse(text);
  return at > 0 ? at : undefined;
});

const notified = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: textsSchema,
  annotations: textsSchema.default({}),
  startsAt: moment,
  endsAt: moment,
  generatorURL: z.string().default(''),
});
type Notified = z.output<typeof notified>;

/** Versions of the payload: Alertmanager's, and that of Grafana's contact points, which has the same fields. */
const ALERTMANAGER = '4';
const GRAFANA = '1';

/**
 * What Alertmanager posts to a webhook (version 4), and Grafana where it evaluates the alerts. Fields that only repeat what the alerts say are not looked
 * at, so that a newer Alertmanager may add some.
 */
export const notificationSchema = z.object({
  version: z.enum([ALERTMANAGER, GRAFANA], {
    error: 'only version 4 of Alertmanager’s payload, and version 1 of Grafana’s, is understood',
  }),
  truncatedAlerts: z.int().min(0).default(0).describe('Alerts that were left out by max_alerts'),
  alerts: z.array(notified).max(MOST, `must be at most ${MOST} alerts: set max_alerts of the receiver`),
});
export type Notification = z.output<typeof notificationSchema>;

/**
 * The alert's own labels: without empty ones, and without those by which Grafana files its rules, so that an alert is
 * the same one whoever evaluates it.
 */
function labelsOf({ labels }: Notified, version: Notification['version']): Alert['labels'] {
  const filing = (name: string): boolean => name === 'grafana_folder' || name.startsWith('__');
  return Object.fromEntries(
    Object.entries(labels).filter(([name, value]) => value !== '' && !(version === GRAFANA && filing(name))),
  );
}

function contentOf(alert: Notified, version: Notification['version'], now: number): AlertContent {
  const { labels, annotations, startsAt, generatorURL } = alert;
  return {
    name: labels['alertname'] ?? '',
    severity: labels['severity'] ?? 'none',
    source: 'alertmanager',
    message: annotations['description'] ?? annotations['summary'] ?? annotations['message'] ?? '',
    labels: labelsOf(alert, version),
    annotations,
    generatorUrl: generatorURL,
    startsAt: startsAt ?? now,
    // By the sender's clock: an end that is older is that of an earlier alert.
    sourceTime: startsAt ?? 0,
  };
}

/** A notification as a report to the store, without the Watchdog. */
export function reportOf(
  { alerts, version }: Notification,
  fingerprint: (labels: Alert['labels']) => string,
  now: number,
): Report {
  const kept = alerts.filter(({ labels }) => labels['alertname'] !== WATCHDOG);
  const firing = kept.filter(({ status }) => status === 'firing');
  const gone = kept.filter(({ status }) => status === 'resolved');
  return {
    source: 'alertmanager',
    firing: firing.map((alert) => contentOf(alert, version, now)),
    gone: gone.map((alert) => ({ fingerprint: fingerprint(labelsOf(alert, version)), at: alert.endsAt })),
    comment: '',
    by: system(version === GRAFANA ? 'grafana' : 'alertmanager'),
    now,
  };
}
