/** What severities come to, the worst first; `other` is a word that nobody knows, `none` is no severity at all. */
export const SEVERITY_CLASSES = ['critical', 'warning', 'info', 'other', 'none'] as const;
export type SeverityClass = (typeof SEVERITY_CLASSES)[number];

/**
 * The words for them that rules, devices and other tools use, in lower case. The scale of high, medium and low has
 * three steps as well.
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

/** What a severity as found comes to: letters of any case, with or without space around. */
export function severityClass(severity: string): SeverityClass {
  return CLASSES.get(severity.trim().toLowerCase()) ?? 'other';
}
