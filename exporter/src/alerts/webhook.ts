import { z } from 'zod';
import { type Alert, type AlertContent, system, WATCHDOG } from './alert.ts';
import type { Report } from './store/store.ts';

/** Alerts that one notification may hold. */
const MOST = 10_000;

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const texts = z.record(z.string(), z.string());

const notified = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: texts,
  annotations: texts.default({}),
  startsAt: moment,
  endsAt: moment,
  generatorURL: z.string().default(''),
});
type Notified = z.output<typeof notified>;

/**
 * What Alertmanager posts to a webhook (version 4). Fields that only repeat what the alerts say are not looked
 * at, so that a newer Alertmanager may add some.
 */
export const notificationSchema = z.object({
  version: z.literal('4', { error: 'only version 4 of Alertmanager’s payload is understood' }),
  truncatedAlerts: z.int().min(0).default(0).describe('Alerts that were left out by max_alerts'),
  alerts: z.array(notified).max(MOST, `must be at most ${MOST} alerts: set max_alerts of the receiver`),
});
export type Notification = z.output<typeof notificationSchema>;

function contentOf({ labels, annotations, startsAt, generatorURL }: Notified): AlertContent {
  return {
    name: labels['alertname'] ?? '',
    severity: labels['severity'] ?? 'none',
    source: 'alertmanager',
    message: annotations['description'] ?? annotations['summary'] ?? annotations['message'] ?? '',
    labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')),
    annotations,
    generatorUrl: generatorURL,
    startsAt,
  };
}

/** A notification as a report to the store, without the Watchdog. */
export function reportOf(
  { alerts }: Notification,
  fingerprint: (labels: Alert['labels']) => string,
  now: number,
): Report {
  const kept = alerts.filter(({ labels }) => labels['alertname'] !== WATCHDOG);
  const firing = kept.filter(({ status }) => status === 'firing');
  const gone = kept.filter(({ status }) => status === 'resolved');
  return {
    source: 'alertmanager',
    firing: firing.map(contentOf),
    gone: gone.map(({ labels, endsAt }) => ({ fingerprint: fingerprint(labels), at: endsAt })),
    comment: '',
    by: system('alertmanager'),
    now,
  };
}
