import type { AlertRow } from './alert';

/** The severities that lists tell apart, the worst first; `other` is any word that is none of them. */
export const SEVERITY_CLASSES = ['critical', 'warning', 'info', 'other', 'none'] as const;
export type SeverityClass = (typeof SEVERITY_CLASSES)[number];

/** Which of them a severity is, in any case; no word is `none`. */
export function severityClass(severity: string): SeverityClass {
  const word = severity.trim().toLowerCase();
  if (word === '' || word === 'none') return 'none';
  return SEVERITY_CLASSES.find((known) => known === word) ?? 'other';
}

/** 0 is the worst. */
export function alertSeverityRank(severity: string): number {
  return SEVERITY_CLASSES.indexOf(severityClass(severity));
}

const STATE_RANK: Readonly<Record<AlertRow['state'], number>> = {
  active: 0,
  acknowledged: 1,
  pending: 2,
  resolved: 3,
};

/** The worst first; of equals what nobody has taken on, then what began last. */
export function compareAlerts(a: AlertRow, b: AlertRow): number {
  return (
    alertSeverityRank(a.severity) - alertSeverityRank(b.severity) ||
    STATE_RANK[a.state] - STATE_RANK[b.state] ||
    b.startsAt - a.startsAt ||
    (a.fingerprint < b.fingerprint ? -1 : 1)
  );
}

/** For lists of severities: the worst first, words of equal rank by letter. */
export function compareSeverities(a: string, b: string): number {
  return alertSeverityRank(a) - alertSeverityRank(b) || a.localeCompare(b);
}
