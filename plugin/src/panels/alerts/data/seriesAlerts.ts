import type { DataFrame, Field } from '@grafana/data';
import { FieldType } from '@grafana/data';
import type { AlertRow } from '../../../domain/alerts/alert';
import { rowOfQuery, stateOfWord } from './queryAlert';

/** A gap of more than this many steps ends an alert. */
const LONGEST_GAP = 2;

interface Run {
  readonly from: number;
  readonly to: number;
}

function numbers(field: Field | undefined): (number | undefined)[] {
  const values: readonly unknown[] = field?.values ?? [];
  return values.map((value) => (typeof value === 'number' ? value : undefined));
}

/** The smallest distance of two samples, milliseconds; undefined for fewer than two. */
function stepOf(times: readonly number[]): number | undefined {
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return steps.length === 0 ? undefined : Math.min(...steps);
}

/** When the series was above 0, without interruption. */
function runsOf(times: readonly number[], step: number): Run[] {
  const runs: { from: number; to: number }[] = [];
  for (const time of times) {
    const last = runs.at(-1);
    if (last !== undefined && time - last.to <= LONGEST_GAP * step) last.to = time;
    else runs.push({ from: time, to: time });
  }
  return runs;
}

function rowsOfField(frame: DataFrame, field: Field, until: number): AlertRow[] {
  const labels = field.labels ?? {};
  const values = numbers(field);
  const timeField = frame.fields.find(({ type }) => type === FieldType.time);
  const all = numbers(timeField).filter((time) => time !== undefined);
  const times = numbers(timeField).filter(
    (time, index): time is number => time !== undefined && (values[index] ?? 0) > 0,
  );
  const { state, suppressed } = stateOfWord(labels.alertstate ?? '');
  const alert = { name: labels.alertname ?? '', severity: labels.severity ?? '', labels, suppressed };
  const step = stepOf(all);
  // One sample alone tells that the alert is there, not since when.
  if (step === undefined) return times.length === 0 ? [] : [rowOfQuery({ ...alert, state, startsAt: NaN })];
  return runsOf(times, step).flatMap(({ from, to }) => {
    const isOver = until - to > LONGEST_GAP * step;
    if (!isOver) return [rowOfQuery({ ...alert, state, startsAt: from })];
    // What was pending and is not any more either fires by now or came to nothing.
    if (state === 'pending') return [];
    return [rowOfQuery({ ...alert, state: 'resolved', startsAt: from, endsAt: to })];
  });
}

/** True for a field that is a series of `ALERTS`, or of anything else with an alert's name. */
export function isAlertSeries({ type, labels }: Field): boolean {
  return type === FieldType.number && labels?.alertname !== undefined;
}

/**
 * A row for each time that an alert of these series was there. A series that ends before `until` (milliseconds since
 * the epoch: the end of the query) is over.
 */
export function alertsOfSeries(frame: DataFrame, until: number): AlertRow[] {
  return frame.fields.filter(isAlertSeries).flatMap((field) => rowsOfField(frame, field, until));
}
