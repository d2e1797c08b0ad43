import { alertView } from '../alert-view.ts';
import { postJson } from './json-request.ts';
import type { Receiver } from './receiver.ts';

/** Any address that takes `{kind, alert}` with the alert as the API shows it, one at a time. */
export function createWebhook(url: string, token: string | undefined): Receiver {
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const webhook = { name: 'the webhook', url, address: 'receivers.webhook_url' };
  return {
    name: 'webhook',
    integration: 'webhook',
    batch: 1,
    send: async (notices, signal) => {
      const said: string[] = [];
      for (const { kind, alert } of notices)
        said.push(await postJson(webhook, { kind, alert: alertView(alert) }, { signal, headers }));
      return said.join('; ');
    },
  };
}
