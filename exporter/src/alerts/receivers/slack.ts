import { postJson } from './json-request.ts';
import { kindOf } from '../alert.ts';
import { groupWords } from './group-words.ts';
import type { Grouping, Notice, Receiver } from './receiver.ts';
import { HEADS, isWebAddress } from './wording.ts';

/** Slack's own characters in text; anything else would let a device's name mention a whole channel. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The notice as a message of an incoming webhook. */
export function slackMessage({ kind, alert }: Notice) {
  const { severity, message, labels, annotations, fingerprint } = alert;
  const head = `${HEADS[kind]} ${severity}: ${kindOf(alert)}`;
  const where = labels['device_id'] ?? labels['instance'];
  const since = new Date(alert.startsAt).toISOString();
  const runbook = annotations['runbook_url'];
  const lines = [
    `*${escape(head)}*`,
    escape(message),
    ...(where === undefined ? [] : [`where: ${escape(where)}`]),
    `since: ${since}`,
    ...(runbook === undefined || !isWebAddress(runbook) ? [] : [`<${escape(runbook)}|runbook>`]),
    `key: ${fingerprint}`,
  ];
  return { text: lines.filter((line) => line !== '').join('\n') };
}

/** Several notices as one message. */
export function slackGroup(notices: readonly Notice[]) {
  const { head, counts, worst, more } = groupWords(notices);
  const lines = [
    `*${escape(head)}*`,
    ...counts.map(escape),
    ...worst.map((line) => `• ${escape(line)}`),
    ...(more === 0 ? [] : [`and ${more} more`]),
  ];
  return { text: lines.join('\n') };
}

export function createSlack(url: string, grouping?: Grouping): Receiver {
  const slack = { name: 'Slack', url, address: 'receivers.slack_url' };
  return {
    name: 'slack',
    integration: 'slack',
    batch: 1,
    grouping,
    write: ({ subject, lines }, signal) => {
      const text = [`*${escape(subject)}*`, ...lines.map(escape)].join('\n');
      return postJson(slack, { text }, { signal, refusesPages: true });
    },
    send: async (notices, signal) => {
      const isJoined = grouping !== undefined && notices.length > 1;
      const messages = isJoined ? [slackGroup(notices)] : notices.map(slackMessage);
      const said: string[] = [];
      for (const message of messages)
        said.push(await postJson(slack, message, { signal, refusesPages: true }));
      return said.join('; ');
    },
  };
}
