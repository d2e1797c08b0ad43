import type { AlertRow } from '../../../domain/alerts/alert';
import { filterAlerts, NO_FILTER } from '../../../domain/alerts/filter';
import { parseMatchers } from '../../../domain/alerts/matchers';
import type { AlertsOptions } from '../options/options';
import type { Line } from './changes';

type Choice = Pick<
  AlertsOptions,
  'origins' | 'states' | 'severities' | 'showMuted' | 'showAcknowledged' | 'mode'
>;

const among = <T>(wanted: readonly T[], value: T): boolean => wanted.length === 0 || wanted.includes(value);

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
    ({ origins, state, severity }) =>
      (origins.length === 0 || origins.some((origin) => among(options.origins, origin))) &&
      (!isPresent || among(options.states, state)) &&
      among(severities, severity.toLowerCase()),
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

/** Characters that mean something in a regular expression. */
const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/** The matchers with the dashboard's variables: one value as it is, several as a regular expression of them (for `=~`). */
export function fillIn(matchers: string, interpolate: Interpolate): string {
  return interpolate(matchers, undefined, (value) => {
    const values = (Array.isArray(value) ? value : [value]).map(String);
    const text =
      values.length === 1 ? (values[0] ?? '') : values.map((one) => one.replace(SPECIAL, '\\$&')).join('|');
    return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  });
}
