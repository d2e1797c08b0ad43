import { alertView } from '../http/view.ts';
import { postJson } from './post-json.ts';
import type { Receiver } from './receiver.ts';

/** Any address that takes `{kind, alert}` with the alert as the API shows it, one at a time. */
export function createWebhook(url: string, token: string | undefined): Receiver {
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return {
    name: 'webhook',
    batch: 1,
    send: async (notices, signal) => {
      const said: string[] = [];
      for (const { kind, alert } of notices)
        said.push(await postJson('the webhook', url, { kind, alert: alertView(alert) }, { signal, headers }));
      return said.join('; ');
    },
  };
}
