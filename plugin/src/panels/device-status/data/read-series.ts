import { type DataFrame, type Field, FieldType, getFieldDisplayName, type Labels } from '@grafana/data';
import { bestName, isValue } from './fields';
import { momentOf } from './moment';
import { type Reading, type ReadOptions, queryOf } from './read-frames';

const NO_LABELS: Labels = {};

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value));
}

/** Row of the newest value; -1 when the series has none. */
function lastRow(values: readonly unknown[]): number {
  let row = values.length - 1;
  while (row >= 0 && isMissing(values[row])) row -= 1;
  return row;
}

/** First moment from which on the series has had its newest value; null when it has had it all along, so the start is not known. */
function sinceOf(field: Field, time: Field | undefined, row: number): number | null {
  if (time === undefined || row < 0) return null;
  const newest: unknown = field.values[row];
  let first = row;
  while (first > 0) {
    const before: unknown = field.values[first - 1];
    if (before !== newest && !isMissing(before)) return momentOf(time.values[first]);
    first -= 1;
  }
  return null;
}

/** Finds the label of a role, once per set of label names and not once per series. */
export type LabelFinder = (labels: Labels, role: 'id' | 'name', option: string) => string | undefined;

export function createLabelFinder(): LabelFinder {
  let known = '';
  const found = new Map<string, string | undefined>();
  return (labels, role, option) => {
    if (option !== '' && labels[option] !== undefined) return option;
    const names = Object.keys(labels);
    const signature = names.join('\u0000');
    if (signature !== known) {
      found.clear();
      known = signature;
    }
    if (!found.has(role)) found.set(role, bestName(names, role));
    return found.get(role);
  };
}

/** A name set in the field's options wins over labels; it may be made of them, which Grafana has resolved in the field's state. */
function displayNameOf(frame: DataFrame, field: Field): string {
  return field.state?.displayName ?? getFieldDisplayName(field, frame);
}

/** Reads a frame in which every field is a device, the newest value counting, into `readings`. */
export function readSeries(
  frame: DataFrame,
  options: ReadOptions,
  labelOf: LabelFinder,
  readings: Reading[],
): void {
  const time = frame.fields.find((field) => field.type === FieldType.time);
  for (const field of frame.fields) {
    if (!isValue(field)) continue;
    const labels = field.labels ?? NO_LABELS;
    const idLabel = labelOf(labels, 'id', options.idField);
    const nameLabel = labelOf(labels, 'name', options.nameField);
    const row = lastRow(field.values);
    const hasName = field.config.displayName !== undefined && field.config.displayName !== '';
    const query = queryOf(frame, field);
    readings.push({
      id: idLabel === undefined ? null : (labels[idLabel] ?? null),
      name: hasName || nameLabel === undefined ? displayNameOf(frame, field) : (labels[nameLabel] ?? ''),
      group: options.groupBy === '' ? '' : (labels[options.groupBy] ?? ''),
      raw: row < 0 ? null : field.values[row],
      since: sinceOf(field, time, row),
      seen: time === undefined || row < 0 ? null : momentOf(time.values[row]),
      cell: { frame, field, row: Math.max(row, 0) },
      query: query.query,
      role: query.role,
      isSample: false,
    });
  }
}
