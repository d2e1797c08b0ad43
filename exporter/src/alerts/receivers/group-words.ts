import { SEVERITY_CLASSES, severityClass } from '../../base/severity.ts';
import { type Alert, kindOf } from '../alert.ts';
import type { Notice } from './receiver.ts';
import { cut, HEADS } from './wording.ts';

/** Several notices in words, for one message. */
export interface GroupWords {
  /** E.g. `FIRING 500 critical: device offline`. */
  readonly head: string;
  /** How many of each kind, the most first; empty when all are of one. */
  readonly counts: readonly string[];
  /** The worst, a line each. */
  readonly worst: readonly string[];
  /** How many the lines leave out. */
  readonly more: number;
}

/** Alerts that a message names, and longest line. */
const MOST_NAMED = 10;
const LINE = 300;
const MOST_COUNTS = 10;

function tally<W extends string>(words: readonly W[]): [W, number][] {
  const counts = new Map<W, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** The worst first, and of one severity the one that is there for longest. */
function byRank(a: Alert, b: Alert): number {
  const rank = (alert: Alert): number => SEVERITY_CLASSES.indexOf(severityClass(alert.severity));
  return rank(a) - rank(b) || a.startsAt - b.startsAt;
}

function lineOf({ kind, alert }: Notice, says: 'kind' | 'alert'): string {
  const where = alert.labels['device_id'] ?? alert.labels['instance'];
  const since = new Date(alert.startsAt).toISOString();
  const what = [says === 'kind' ? HEADS[kind] : '', alert.severity, kindOf(alert), where ?? '']
    .filter((word) => word !== '')
    .join(' ');
  return cut(`${what} since ${since}${alert.message === '' ? '' : `: ${alert.message}`}`, LINE).replaceAll(
    /\s+/g,
    ' ',
  );
}

/** One message for all of them: how many, of what, and the worst ten. */
export function groupWords(notices: readonly Notice[]): GroupWords {
  const heads = tally(notices.map(({ kind }) => kind));
  const kinds = tally(notices.map(({ alert }) => kindOf(alert)));
  const severities = tally(notices.map(({ alert }) => alert.severity));
  const [[kind] = ['firing' as const]] = heads;
  const isOne = heads.length === 1 && kinds.length === 1 && severities.length === 1;
  const head = isOne
    ? `${HEADS[kind]} ${notices.length} ${severities[0]?.[0] ?? ''}: ${kinds[0]?.[0] ?? ''}`
    : `${notices.length} alerts: ${heads.map(([word, count]) => `${count} ${HEADS[word]}`).join(', ')}`;
  const sorted = [...notices].sort((a, b) => byRank(a.alert, b.alert));
  return {
    head,
    counts: isOne ? [] : kinds.slice(0, MOST_COUNTS).map(([word, count]) => `${word}: ${count}`),
    worst: sorted.slice(0, MOST_NAMED).map((notice) => lineOf(notice, heads.length > 1 ? 'kind' : 'alert')),
    more: Math.max(0, notices.length - MOST_NAMED),
  };
}
