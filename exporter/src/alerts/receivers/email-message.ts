import { escapeMarkup } from '../../base/markup.ts';
import { type Alert, kindOf } from '../alert.ts';
import { groupWords } from './group-words.ts';
import type { Letter, Notice } from './receiver.ts';
import { cut, HEADS, isWebAddress, linksOf } from './wording.ts';

/** What an e-mail says, without sender and recipients. */
export interface EmailMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Undefined where each e-mail is one of its own. */
  readonly messageId: string | undefined;
  /** The e-mail that this one belongs below. */
  readonly inReplyTo: string | undefined;
}

/** Longest subject, characters. */
const SUBJECT = 200;

/** One line without control characters: what stands in a header must not begin another one. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
}

/** Where it can be looked into: `[word, address]`. */
function lookingInto(alert: Alert): [string, string][] {
  const links = linksOf(alert).map(([name, address]): [string, string] => [
    name.slice(0, -'_url'.length),
    address,
  ]);
  return isWebAddress(alert.generatorUrl) ? [...links, ['expression', alert.generatorUrl]] : links;
}

/** What is known of it: `[word, text]`. */
function factsOf({ labels, severity, startsAt, resolution, fingerprint }: Alert): [string, string][] {
  const where = labels['device_id'] ?? labels['instance'];
  const others = Object.entries(labels).filter(
    ([name]) => !['alertname', 'severity', 'device_id'].includes(name),
  );
  const facts: [string, string | undefined][] = [
    ['severity', severity],
    ['where', where],
    ['since', new Date(startsAt).toISOString()],
    ['until', resolution === null ? undefined : new Date(resolution.at).toISOString()],
    ['resolved by', resolution?.by.name],
    ['comment', resolution?.comment],
    ...others,
    ['key', fingerprint],
  ];
  return facts.flatMap(([word, text]): [string, string][] =>
    text === undefined || text === '' ? [] : [[word, text]],
  );
}

/** The subject of at most so many characters. */
function subjectOf(text: string): string {
  const subject = oneLine(text);
  return subject.length > SUBJECT ? `${cut(subject, SUBJECT - 1)}…` : subject;
}

/** What is about no single alert, as an e-mail. */
export function emailLetter({ key, subject, lines }: Letter, domain: string): EmailMessage {
  return {
    subject: subjectOf(subject),
    text: [...lines, ''].join('\n'),
    html: lines.map((line) => `<p>${escapeMarkup(line)}</p>`).join('\n'),
    messageId: `<${key}@${domain}>`,
    inReplyTo: undefined,
  };
}

/** Several notices as one e-mail of its own. */
export function emailGroup(notices: readonly Notice[]): EmailMessage {
  const { head, counts, worst, more } = groupWords(notices);
  const rest = more === 0 ? [] : [`and ${more} more`];
  return {
    subject: subjectOf(head),
    text: [head, '', ...counts, ...(counts.length === 0 ? [] : ['']), ...worst, ...rest, ''].join('\n'),
    html: [
      `<h2>${escapeMarkup(head)}</h2>`,
      ...counts.map((line) => `<p>${escapeMarkup(line)}</p>`),
      `<ul>${worst.map((line) => `<li>${escapeMarkup(line)}</li>`).join('')}</ul>`,
      ...rest.map((line) => `<p>${escapeMarkup(line)}</p>`),
    ].join('\n'),
    messageId: undefined,
    inReplyTo: undefined,
  };
}

/**
 * The notice as an e-mail in words and in HTML. All about one alert hangs together: the first has an id of the
 * alert, by which a repeated sending is known, and the others are answers to it.
 */
export function emailMessage({ kind, alert }: Notice, domain: string): EmailMessage {
  const { severity, labels, annotations, message, fingerprint, startsAt } = alert;
  const where = labels['device_id'] ?? labels['instance'];
  const head = `${HEADS[kind]} ${severity}: ${kindOf(alert)}`;
  const summary = annotations['summary'];
  const words = [summary, message].filter(
    (text, index, all) => text !== undefined && text !== '' && all.indexOf(text) === index,
  );
  const [facts, links] = [factsOf(alert), lookingInto(alert)];
  const thread = `${fingerprint}.${startsAt}`;
  const rows = facts.map(
    ([word, text]) => `<tr><td>${escapeMarkup(word)}</td><td>${escapeMarkup(text)}</td></tr>`,
  );
  return {
    subject: subjectOf(where === undefined ? head : `${head} (${where})`),
    text: [
      head,
      ...words.map((text) => `\n${text ?? ''}`),
      '',
      ...facts.map(([word, text]) => `${word}: ${text}`),
      ...links.map(([word, address]) => `${word}: ${address}`),
      '',
    ].join('\n'),
    html: [
      `<h2>${escapeMarkup(head)}</h2>`,
      ...words.map((text) => `<p>${escapeMarkup(text ?? '')}</p>`),
      `<table>${rows.join('')}</table>`,
      ...links.map(
        ([word, address]) => `<p><a href="${escapeMarkup(address)}">${escapeMarkup(word)}</a></p>`,
      ),
    ].join('\n'),
    messageId: kind === 'escalation' || kind === 'flapping' ? undefined : `<${thread}.${kind}@${domain}>`,
    inReplyTo: kind === 'firing' ? undefined : `<${thread}.firing@${domain}>`,
  };
}
