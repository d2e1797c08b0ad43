import { type DataFrame, type Field, FieldType } from '@grafana/data';
import { findField, findValueField } from './fields';
import { momentOf } from './moment';
import { type Reading, type ReadOptions, queryOf } from './read-frames';

function textAt(field: Field | undefined, row: number): string {
  if (field === undefined) return '';
  const value: unknown = field.values[row];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function fieldNamed(frame: DataFrame, name: string): Field | undefined {
  return name === '' ? undefined : frame.fields.find((field) => field.name === name);
}

/** Reads a table with a row per device, or a row per sample of a device, into `readings`. */
export function readRows(frame: DataFrame, options: ReadOptions, readings: Reading[]): void {
  const value = findValueField(frame, options.valueField);
  if (value === undefined) return;
  const isText = (field: Field) => field !== value && field.type !== FieldType.time;
  const id = findField(frame, 'id', options.idField, isText);
  const firstText = frame.fields.find((field) => field !== value && field.type === FieldType.string);
  const name = findField(frame, 'name', options.nameField, isText) ?? id ?? firstText;
  const group = fieldNamed(frame, options.groupBy);
  const since = findField(frame, 'since', options.sinceField);
  const seen = findField(frame, 'seen', options.seenField);
  const time = frame.fields.find(
    (field) => field.type === FieldType.time && field !== since && field !== seen,
  );
  const query = queryOf(frame, value);
  for (let row = 0; row < frame.length; row += 1) {
    const at = seen === undefined ? undefined : momentOf(seen.values[row]);
    readings.push({
      id: id === undefined ? null : textAt(id, row),
      name: textAt(name, row),
      group: textAt(group, row),
      raw: value.values[row],
      since: since === undefined ? null : momentOf(since.values[row]),
      seen: at ?? (time === undefined ? null : momentOf(time.values[row])),
      cell: { frame, field: value, row },
      query: query.query,
      role: query.role,
      isSample: time !== undefined,
    });
  }
}
