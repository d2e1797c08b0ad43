import type { AlertRow } from '../../../domain/alerts/alert';
import { groupAlerts } from '../../../domain/alerts/group';
import { MatcherError } from '../../../domain/alerts/matchers';
import { compareAlerts } from '../../../domain/alerts/severity';
import type { AlertsOptions } from '../options/options';
import { withKeys } from '../../../kit/uniqueKeys';
import { changesOf, type Line, lineOf } from './changes';
import type { Picture } from './picture';
import { chooseAlerts, sortLines } from './select';

/** A heading of a group, or a line. */
export type Item =
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly value: string | undefined;
      readonly count: number;
    }
  | { readonly kind: 'line'; readonly key: string; readonly line: Line };

/** What the panel lists. */
export interface Shown {
  readonly items: readonly Item[];
  /** The alerts behind the lines, the worst first, before the limit. */
  readonly alerts: readonly AlertRow[];
  /** Lines before the limit. */
  readonly total: number;
  /** Alerts that the options leave out. */
  readonly hidden: number;
  /** What is wrong with the matchers; undefined: nothing. */
  readonly matcherError: string | undefined;
}

function limited(lines: readonly Line[], most: number): readonly Line[] {
  return most > 0 ? lines.slice(0, most) : lines;
}

function itemsOf(lines: readonly Line[], groupBy: string): Item[] {
  // Rows of an answer may be alike.
  const keys = new Map(withKeys(lines, ({ key }) => key).map(({ key, item }) => [item, key]));
  const item = (line: Line): Item => ({ kind: 'line', key: keys.get(line) ?? line.key, line });
  if (groupBy === '') return lines.map(item);
  const byAlert = new Map<AlertRow, Line[]>();
  for (const line of lines) byAlert.set(line.alert, [...(byAlert.get(line.alert) ?? []), line]);
  return groupAlerts([...byAlert.keys()], groupBy).flatMap(({ value, alerts }): Item[] => {
    const own = alerts.flatMap((alert) => byAlert.get(alert) ?? []);
    const key = value === undefined ? 'without' : `group ${value}`;
    return [{ kind: 'group', key, value, count: own.length }, ...own.map(item)];
  });
}

/** What of the picture the panel lists. `matchers`: those of the options with variables filled in. */
export function linesOf({ alerts, span }: Picture, options: AlertsOptions, matchers: string): Shown {
  try {
    const isPresent = options.mode === 'current';
    // What is over belongs to the changes only.
    const candidates = isPresent ? alerts.filter(({ state }) => state !== 'resolved') : alerts;
    const chosen = chooseAlerts(candidates, options, matchers);
    const lines = isPresent
      ? sortLines(chosen.map(lineOf), options.sortBy)
      : changesOf(chosen, span.from, span.to);
    const listed = isPresent ? chosen : [...new Set(lines.map(({ alert }) => alert))];
    return {
      items: itemsOf(limited(lines, options.maxRows), options.groupBy),
      alerts: listed.toSorted(compareAlerts),
      total: lines.length,
      hidden: isPresent ? candidates.length - chosen.length : 0,
      matcherError: undefined,
    };
  } catch (error) {
    if (!(error instanceof MatcherError)) throw error;
    return { items: [], alerts: [], total: 0, hidden: alerts.length, matcherError: error.message };
  }
}
