import { severityClass } from '../../base/severity.ts';
import { kindOf } from '../alert.ts';
import { postJson } from './json-request.ts';
import type { Notice, Receiver } from './receiver.ts';
import { cut, HEADS, linksOf } from './wording.ts';

/** Longest summary that it takes. */
const SUMMARY = 1024;

/** PagerDuty knows four severities; what is none of ours is an error. */
function severityOf(severity: string): 'critical' | 'error' | 'warning' | 'info' {
  const known = severityClass(severity);
  if (severity.trim().toLowerCase() === 'error') return 'error';
  return known === 'other' || known === 'none' ? 'error' : known;
}

/** The notice as an event of PagerDuty's Events API v2; the fingerprint is the key under which it knows the alert. */
export function pagerDutyEvent({ kind, alert }: Notice, routingKey: string) {
  const key = { routing_key: routingKey, dedup_key: alert.fingerprint };
  if (kind === 'resolved') return { ...key, event_action: 'resolve' };
  const { severity, message, labels, annotations, startsAt, source } = alert;
  const what = kindOf(alert);
  const head = kind === 'firing' ? what : `${HEADS[kind]}: ${what}`;
  const said = labels['message'];
  return {
    ...key,
    event_action: 'trigger',
    payload: {
      summary: cut(`${head}: ${annotations['summary'] ?? message}`, SUMMARY),
      source: labels['device_id'] ?? labels['instance'] ?? 'valtronics',
      severity: severityOf(severity),
      timestamp: new Date(startsAt).toISOString(),
      component: labels['service'] ?? source,
      // A label of the message's own name stands beside it.
      custom_details: { ...labels, ...(said === undefined ? {} : { label_message: said }), message },
    },
    links: linksOf(alert).map(([text, href]) => ({ href, text })),
  };
}

export function createPagerDuty(url: string, routingKey: string): Receiver {
  const pagerDuty = { name: 'PagerDuty', url, address: 'receivers.pagerduty_url' };
  return {
    name: 'pagerduty',
    integration: 'pagerduty',
    batch: 1,
    send: async (notices, signal) => {
      const said: string[] = [];
      for (const notice of notices)
        said.push(
          await postJson(pagerDuty, pagerDutyEvent(notice, routingKey), { signal, refusesPages: true }),
        );
      return said.join('; ');
    },
  };
}
