import { isInStates, type AlertRow } from '../../../domain/alerts/alert';
import { filterAlerts, NO_FILTER } from '../../../domain/alerts/filter';
import { formatMatcher, MatcherError, parseMatchers, readMatchers } from '../../../domain/alerts/matchers';
import type { Matcher } from '../../../domain/alerts/silence';
import { severityClass } from '../../../domain/alerts/severity';
import type { AlertsOptions } from '../options/options';
import type { Line } from './changes';

type Choice = Pick<
  AlertsOptions,
  'origins' | 'states' | 'severities' | 'showMuted' | 'showAcknowledged' | 'mode'
>;

const among = <T>(wanted: readonly T[], value: T): boolean => wanted.length === 0 || wanted.includes(value);

/** True for one of the words, and for a word that stands for the same: `critical` lets `emergency` through. */
function isOfSeverity(wanted: readonly string[], severity: string): boolean {
  return wanted.includes(severity.trim().toLowerCase()) || wanted.includes(severityClass(severity));
}

/**
 * The alerts that the options let through, in their order. `matchers`: those of the options with the dashboard's
 * variables filled in. States are about the present: of changes all count. Throws `MatcherError`.
 */
export function chooseAlerts(alerts: readonly AlertRow[], options: Choice, matchers: string): AlertRow[] {
  const severities = options.severities.map((severity) => severity.toLowerCase());
  const isPresent = options.mode === 'current';
  const chosen = filterAlerts(alerts, {
    ...NO_FILTER,
    matchers: parseMatchers(matchers),
    muted: options.showMuted,
    acknowledged: options.showAcknowledged || !isPresent,
  });
  return chosen.filter(
    (alert) =>
      (alert.origins.length === 0 || alert.origins.some((origin) => among(options.origins, origin))) &&
      (!isPresent || options.states.length === 0 || isInStates(options.states, alert)) &&
      (severities.length === 0 || isOfSeverity(severities, alert.severity)),
  );
}

/** Those whose beginning nobody knows come last in either direction. */
function byTime(direction: 1 | -1) {
  return (a: Line, b: Line): number =>
    Number(Number.isNaN(a.at)) - Number(Number.isNaN(b.at)) || direction * (a.at - b.at);
}

/** The lines in the order of the options; `severity` is the order in which alerts come. */
export function sortLines(lines: readonly Line[], sortBy: AlertsOptions['sortBy']): Line[] {
  switch (sortBy) {
    case 'severity':
      return [...lines];
    case 'newest':
      return lines.toSorted(byTime(-1));
    case 'oldest':
      return lines.toSorted(byTime(1));
    case 'name':
      return lines.toSorted((a, b) => a.alert.name.localeCompare(b.alert.name));
  }
}

type Interpolate = (text: string, scoped?: undefined, format?: (value: unknown) => string) => string;

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(String);
const asText = (value: unknown): string => listOf(value).join('|');

/** The values as a regular expression of them: one is escaped as several are. */
function asExpression(value: unknown): string {
  const escaped = listOf(value).map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`;
}

/** The matchers that stand in the text before variables are filled in; undefined when they are no whole ones yet. */
function template(text: string): Matcher[] | undefined {
  try {
    return readMatchers(text);
  } catch (error) {
    if (error instanceof MatcherError) return undefined;
    throw error;
  }
}

/**
 * The matchers with the dashboard's variables: as text for `=` and `!=`, as a regular expression of the values for
 * `=~` and `!~`. A variable that stands for whole matchers is filled in as it is.
 */
export function fillIn(text: string, interpolate: Interpolate): string {
  const matchers = template(text);
  if (matchers === undefined) return interpolate(text, undefined, asText);
  return matchers
    .map((matcher) => {
      const format = matcher.isRegex ? asExpression : asText;
      return formatMatcher({ ...matcher, value: interpolate(matcher.value, undefined, format) });
    })
    .join(', ');
}
