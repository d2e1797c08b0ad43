import { postJson } from './post-json.ts';
import { HEADS, type Notice, type Receiver } from './receiver.ts';

/** PagerDuty knows four severities; ours that it does not know are errors. */
const SEVERITIES: ReadonlySet<string> = new Set(['critical', 'error', 'warning', 'info']);
/** Longest summary that it takes. */
const SUMMARY = 1024;

/** The notice as an event of PagerDuty's Events API v2; the fingerprint is the key under which it knows the alert. */
export function pagerDutyEvent({ kind, alert }: Notice, routingKey: string) {
  const key = { routing_key: routingKey, dedup_key: alert.fingerprint };
  if (kind === 'resolved') return { ...key, event_action: 'resolve' };
  const { name, severity, message, labels, annotations, startsAt, source } = alert;
  const head = kind === 'escalation' ? `${HEADS[kind]}: ${name}` : name;
  return {
    ...key,
    event_action: 'trigger',
    payload: {
      summary: `${head}: ${annotations['summary'] ?? message}`.slice(0, SUMMARY),
      source: labels['device_id'] ?? labels['instance'] ?? 'valtronics',
      severity: SEVERITIES.has(severity) ? severity : 'error',
      timestamp: new Date(startsAt).toISOString(),
      component: labels['service'] ?? source,
      custom_details: { message, ...labels },
    },
    links: Object.entries(annotations)
      .filter(([annotation, href]) => annotation.endsWith('_url') && URL.canParse(href))
      .map(([text, href]) => ({ href, text })),
  };
}

export function createPagerDuty(url: string, routingKey: string): Receiver {
  return {
    name: 'pagerduty',
    batch: 1,
    send: async (notices, signal) => {
      const said: string[] = [];
      for (const notice of notices)
        said.push(await postJson('PagerDuty', url, pagerDutyEvent(notice, routingKey), { signal }));
      return said.join('; ');
    },
  };
}
