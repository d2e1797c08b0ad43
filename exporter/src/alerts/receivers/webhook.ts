import { alertView } from '../alert-view.ts';
import { groupWords } from './group-words.ts';
import { postJson } from './json-request.ts';
import type { Grouping, Notice, Receiver } from './receiver.ts';

const noticeView = ({ kind, alert }: Notice) => ({ kind, alert: alertView(alert) });

/** Several notices as one message: what people want to read of them, and all of them for a program. */
export function webhookGroup(notices: readonly Notice[]) {
  const { head, worst } = groupWords(notices);
  return { kind: 'group', head, count: notices.length, worst, notices: notices.map(noticeView) };
}

/**
 * Any address that takes `{kind, alert}` with the alert as the API shows it, one at a time; with a grouping
 * `{kind: "group", head, count, worst, notices}` where there are several.
 */
export function createWebhook(url: string, token: string | undefined, grouping?: Grouping): Receiver {
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const webhook = { name: 'the webhook', url, address: 'receivers.webhook_url' };
  return {
    name: 'webhook',
    integration: 'webhook',
    batch: 1,
    grouping,
    send: async (notices, signal) => {
      const isJoined = grouping !== undefined && notices.length > 1;
      const messages = isJoined ? [webhookGroup(notices)] : notices.map(noticeView);
      const said: string[] = [];
      for (const message of messages) said.push(await postJson(webhook, message, { signal, headers }));
      return said.join('; ');
    },
  };
}
