import type { Alert } from '../alert.ts';
import type { NoticeKind } from '../store/notified.ts';

/** How a notice for people begins. */
export const HEADS: Readonly<Record<NoticeKind, string>> = {
  firing: 'FIRING',
  flapping: 'FLAPPING',
  escalation: 'UNACKNOWLEDGED',
  resolved: 'RESOLVED',
};

/** The first `most` characters (UTF-16 units, as most services count); never half of a surrogate pair. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd8_00 && last <= 0xdb_ff ? most - 1 : most);
}

/** Whether people can be given the text as a link: nothing that a browser would run. */
export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

/** Annotations that lead somewhere, as `[name, address]`: `runbook_url` and the like. */
export function linksOf({ annotations }: Pick<Alert, 'annotations'>): [string, string][] {
  return Object.entries(annotations).filter(
    ([name, address]) => name.endsWith('_url') && isWebAddress(address),
  );
}
