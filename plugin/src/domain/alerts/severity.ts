import type { AlertRow } from './alert';

/** The severities that lists tell apart, the worst first; `other` is any word that is none of them. */
export const SEVERITY_CLASSES = ['critical', 'warning', 'info', 'other', 'none'] as const;
export type SeverityClass = (typeof SEVERITY_CLASSES)[number];

/**
 * The words for them that rules, devices and other tools use, in lower case; the exporter reckons by the same table
 * (`exporter/src/base/severity.ts`).
 */
export const SEVERITY_WORDS: Readonly<Record<Exclude<SeverityClass, 'other'>, readonly string[]>> = {
  critical: ['critical', 'crit', 'emergency', 'emerg', 'fatal', 'disaster', 'page', 'high', 'p1', 'sev1'],
  warning: ['warning', 'warn', 'error', 'major', 'minor', 'medium', 'average', 'ticket', 'p2', 'sev2'],
  info: ['info', 'information', 'informational', 'notice', 'low', 'debug', 'p3', 'sev3'],
  none: ['none', ''],
};

const CLASSES: ReadonlyMap<string, SeverityClass> = new Map(
  SEVERITY_CLASSES.flatMap((name) =>
    name === 'other' ? [] : SEVERITY_WORDS[name].map((word): [string, SeverityClass] => [word, name]),
  ),
);

/** Which of them a severity is, in any case; no word is `none`, one that nobody knows `other`. */
export function severityClass(severity: string): SeverityClass {
  return CLASSES.get(severity) ?? CLASSES.get(severity.trim().toLowerCase()) ?? 'other';
}

/** 0 is the worst. */
export function alertSeverityRank(severity: string): number {
  return SEVERITY_CLASSES.indexOf(severityClass(severity));
}

const STATE_RANK: Readonly<Record<AlertRow['state'], number>> = {
  active: 0,
  error: 0,
  nodata: 0,
  recovering: 1,
  acknowledged: 2,
  pending: 3,
  resolved: 4,
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
