import { createHash } from 'node:crypto';
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

/** By which a message is known that is sent again, since nobody knows whether it was taken: that of all its notices. */
function keyOf(notices: readonly Notice[]): string | undefined {
  const keys = notices.map(({ key }) => key).filter((key) => key !== undefined);
  return keys.length > 1 ? createHash('sha256').update(keys.join(' ')).digest('hex') : keys[0];
}

/**
 * Any address that takes `{kind, alert}` with the alert as the API shows it, one at a time; with a grouping
 * `{kind: "group", head, count, worst, notices}` where there are several. Each message has an `Idempotency-Key`.
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
      const messages = isJoined
        ? [{ told: notices, body: webhookGroup(notices) }]
        : notices.map((notice) => ({ told: [notice], body: noticeView(notice) }));
      const said: string[] = [];
      for (const { told, body } of messages) {
        const key = keyOf(told);
        const all = key === undefined ? headers : { ...headers, 'Idempotency-Key': key };
        said.push(await postJson(webhook, body, { signal, headers: all }));
      }
      return said.join('; ');
    },
  };
}
