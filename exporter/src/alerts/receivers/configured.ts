import type { Settings } from '../../config/schema.ts';
import { ALERT_NOTIFICATIONS, ALERT_NOTIFICATIONS_FAILED } from '../../metrics/catalogue/alerts.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { parseCredentialUrl } from '../../base/credential-url.ts';
import { alertmanagerUrls } from '../alertmanager/address.ts';
import { createAlertmanager } from './alertmanager.ts';
import { createEmail } from './email.ts';
import { createPagerDuty } from './pagerduty.ts';
import type { Grouping, Receiver } from './receiver.ts';
import { createSlack } from './slack.ts';
import { createWebhook } from './webhook.ts';

/** Undefined where each alert is a message of its own. */
function groupingOf(wait: number, interval: number, rate: number): Grouping | undefined {
  return wait === 0 && interval === 0 ? undefined : { wait, interval, rate };
}

/**
 * One a recipient. The settings have made sure that an address of a server comes with sender and recipients; one that
 * is named twice is told once.
 */
function emailOf(receivers: Settings['receivers']): Receiver[] {
  const { email_url: url, email_from: from, email_to: to, email_ca_file: caFile } = receivers;
  if (url === undefined || from === undefined) return [];
  const { email_password: password, email_tls: tls } = receivers;
  const { email_group_wait: wait, email_group_interval: interval, email_rate_limit: rate } = receivers;
  const grouping = groupingOf(wait, interval, rate);
  const all = [...new Set(to)];
  return all.map((recipient) =>
    createEmail({ url, password, tls, caFile, from, to: all, recipient, grouping }),
  );
}

/** Every Alertmanager is told everything; the further ones are named by their places. */
function alertmanagersOf(settings: Settings['alertmanager'], now: () => number): Receiver[] {
  return alertmanagerUrls(settings).map((url, index) => {
    const { place } = parseCredentialUrl(url, { schemes: ['http', 'https'] });
    return createAlertmanager(url, now, index === 0 ? undefined : `alertmanager ${place}`);
  });
}

/** The receivers of the settings. With Alertmanager it is the only one: it knows whom to tell, once. */
export function configuredReceivers(
  { alertmanager, receivers }: Pick<Settings, 'alertmanager' | 'receivers'>,
  now: () => number,
): Receiver[] {
  if (alertmanager.url !== undefined) return alertmanagersOf(alertmanager, now);
  const { webhook_url, webhook_token, pagerduty_routing_key, pagerduty_url, slack_url } = receivers;
  const { slack_group_wait: wait, slack_group_interval: interval, slack_rate_limit: rate } = receivers;
  const slackGrouping = groupingOf(wait, interval, rate);
  const webhookGrouping = groupingOf(
    receivers.webhook_group_wait,
    receivers.webhook_group_interval,
    receivers.webhook_rate_limit,
  );
  return [
    ...(webhook_url === undefined ? [] : [createWebhook(webhook_url, webhook_token, webhookGrouping)]),
    ...(pagerduty_routing_key === undefined ? [] : [createPagerDuty(pagerduty_url, pagerduty_routing_key)]),
    ...(slack_url === undefined ? [] : [createSlack(slack_url, slackGrouping)]),
    ...emailOf(receivers),
  ];
}

/** The receiver, with its sendings and their failures counted: what `NotificationsFailing` looks at. */
export function counted(receiver: Receiver, metrics: Pick<Metrics, 'counter'>): Receiver {
  const labels = { integration: receiver.integration };
  const sent = metrics.counter(ALERT_NOTIFICATIONS, labels);
  const failed = metrics.counter(ALERT_NOTIFICATIONS_FAILED, labels);
  return {
    ...receiver,
    send: async (notices, signal) => {
      sent.inc();
      try {
        return await receiver.send(notices, signal);
      } catch (error) {
        failed.inc();
        throw error;
      }
    },
  };
}
