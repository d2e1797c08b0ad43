import type { Settings } from '../../config/schema.ts';
import { createAlertmanager } from './alertmanager.ts';
import { createPagerDuty } from './pagerduty.ts';
import type { Receiver } from './receiver.ts';
import { createSlack } from './slack.ts';
import { createWebhook } from './webhook.ts';

/** The receivers of the settings. With Alertmanager it is the only one: it knows whom to tell, once. */
export function configuredReceivers(
  { alertmanager, receivers }: Pick<Settings, 'alertmanager' | 'receivers'>,
  now: () => number,
): Receiver[] {
  if (alertmanager.url !== undefined) return [createAlertmanager(alertmanager.url, now)];
  const { webhook_url, webhook_token, pagerduty_routing_key, pagerduty_url, slack_url } = receivers;
  return [
    ...(webhook_url === undefined ? [] : [createWebhook(webhook_url, webhook_token)]),
    ...(pagerduty_routing_key === undefined ? [] : [createPagerDuty(pagerduty_url, pagerduty_routing_key)]),
    ...(slack_url === undefined ? [] : [createSlack(slack_url)]),
  ];
}
