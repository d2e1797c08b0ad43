import { alertmanagerAt } from '../alertmanager/address.ts';
import type { Notice, Receiver } from './receiver.ts';
import { postJson } from './json-request.ts';
import { isWebAddress } from './wording.ts';

/** As Prometheus does: an alert is repeated each minute and ends by itself when four went without. */
const REPEAT = 60_000;
const LIFETIME = 4 * REPEAT;

/**
 * The notice as Alertmanager's `/api/v2/alerts` takes it: nothing begins in the future or ends before it begins, which it
 * refuses for good. So it would be where the clock was set back after the alert began.
 */
export function alertmanagerAlert({ kind, alert }: Notice, now: number) {
  const { labels, annotations, message, startsAt, generatorUrl, resolution } = alert;
  const endsAt = kind === 'resolved' ? Math.min(now, resolution?.at ?? now) : now + LIFETIME;
  return {
    labels,
    annotations: message === '' ? annotations : { description: message, ...annotations },
    startsAt: new Date(Math.min(startsAt, now, endsAt)).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    ...(isWebAddress(generatorUrl) ? { generatorURL: generatorUrl } : {}),
  };
}

/**
 * Prometheus Alertmanager at the base URL, which may hold user and password. Of several each has a name of its own, by
 * which the outbox keeps what it has heard.
 */
export function createAlertmanager(url: string, now: () => number, name = 'alertmanager'): Receiver {
  const alerts = alertmanagerAt(url)('/api/v2/alerts');
  return {
    name,
    integration: 'alertmanager',
    batch: 64,
    repeat: REPEAT,
    send: (notices, signal) =>
      postJson(
        alerts,
        notices.map((notice) => alertmanagerAlert(notice, now())),
        { signal, refusesPages: true },
      ),
  };
}
