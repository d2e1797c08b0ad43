import { type DataFrame, type Field, FieldType } from '@grafana/data';
import type { Cell } from '../../../kit/frames/cell';
import { momentOf } from '../../../kit/frames/moment';
import { labelOf, type Nameable } from '../../../kit/frames/read-frames';
import { textReader } from '../../../kit/frames/read-rows';
import { identifySeries } from '../../../kit/frames/read-series';
import {
  chosenField,
  createLabelRoles,
  namedField,
  type RoleOptions,
  rolesOf,
  type RowRoles,
  type SeriesRoles,
} from '../../../kit/frames/roles';
import type { TimelineOptions } from '../options/options';
import { type KindCollector, NOTHING } from './kinds';

/** The values of one device over time, as the query answered them. */
export interface Source {
  readonly key: string;
  readonly who: Nameable;
  /** Rows of a table are changes: each holds until the next. Series are samples. */
  readonly isTable: boolean;
  /** What the data source says of the time between samples, milliseconds. */
  readonly interval: number | undefined;
  /** Milliseconds since the epoch. */
  times: number[];
  /** What each value means: numbers of the collector. */
  meanings: number[];
  /** Rows of the frame; the places themselves without. */
  samples: number[] | undefined;
  readonly ends: number[] | undefined;
}

export interface Sources {
  readonly sources: readonly Source[];
  /** Columns of frames with data in which no states over time were found. */
  readonly unread: readonly (readonly string[])[];
}

/** The roles that the options choose, as the shared reading of frames knows them. */
export function roleOptions(options: TimelineOptions): RoleOptions {
  const { valueField, nameField, idField, groupBy, timeField, endField } = options;
  return { valueField, nameField, idField, groupBy, sinceField: timeField, seenField: endField };
}

/** The moments of a table's rows: when the state began, and when it ended where the table says so. */
export function momentsOf(
  frame: DataFrame,
  roles: RowRoles,
  options: TimelineOptions,
): { readonly time: Field | undefined; readonly end: Field | undefined } {
  const { fields } = frame;
  const isMoment = (field: Field) => field !== roles.value && field !== roles.id && field !== roles.name;
  const end = chosenField(frame, options.endField) ?? namedField(fields, 'ended', isMoment);
  const isFree = (field: Field) => isMoment(field) && field !== end;
  const time =
    chosenField(frame, options.timeField) ??
    roles.time ??
    namedField(fields, 'began', isFree) ??
    roles.since ??
    fields.find((field) => field.type === FieldType.time && isFree(field)) ??
    (roles.seen === end ? undefined : roles.seen);
  return { time, end };
}

function momentsIn(field: Field): number[] {
  return field.values.map((value: unknown) => {
    // Nearly all are milliseconds already.
    if (typeof value === 'number' && value > 1e11) return value;
    return momentOf(value) ?? Number.NaN;
  });
}

/** Who a series is: pieces of one have the same query, names and labels. */
function seriesKey(query: string, frame: DataFrame, field: Field): string {
  let key = `${query}\u0000${frame.name ?? ''}\u0000${field.name}`;
  const { labels } = field;
  if (labels === undefined) return key;
  for (const name of Object.keys(labels)) key += `\u0000${name}\u0001${labels[name] ?? ''}`;
  return key;
}

/** Adds the samples of a series; as they are where none is missing, which nearly all are. */
function append(
  source: Source,
  times: number[],
  values: ArrayLike<unknown>,
  meaningOf: (raw: unknown) => number,
): void {
  const { length } = times;
  const meanings = new Array<number>(length);
  let missing = 0;
  for (let row = 0; row < length; row += 1) {
    const meaning = meaningOf(values[row]);
    meanings[row] = meaning;
    if (meaning === NOTHING || Number.isNaN(times[row])) missing += 1;
  }
  if (missing === 0 && source.times.length === 0) {
    source.times = times;
    source.meanings = meanings;
    source.samples = undefined;
    return;
  }
  // What came before may be somebody else's too.
  const kept = {
    times: [...source.times],
    meanings: [...source.meanings],
    samples: source.samples ?? source.times.map((_, place) => place),
  };
  meanings.forEach((meaning, row) => {
    const at = times[row] ?? Number.NaN;
    if (meaning === NOTHING || Number.isNaN(at)) return;
    kept.times.push(at);
    kept.meanings.push(meaning);
    kept.samples.push(row);
  });
  Object.assign(source, kept);
}

type Readers = { readonly collector: KindCollector; readonly options: TimelineOptions };

function createReader({ collector, options }: Readers) {
  const byKey = new Map<string, Source>();
  const labelRoles = createLabelRoles(roleOptions(options));

  const sourceOf = (key: string, create: () => Omit<Source, 'key' | 'times' | 'meanings' | 'samples'>) => {
    let source = byKey.get(key);
    if (source === undefined) {
      source = { ...create(), key, times: [], meanings: [], samples: [] };
      byKey.set(key, source);
    }
    return source;
  };

  const readSeries = (frame: DataFrame, time: Field, { values }: SeriesRoles): void => {
    const times = momentsIn(time);
    const query = frame.refId ?? '';
    for (const field of values) {
      const cell: Cell = { frame, field, row: 0 };
      const meaningOf = collector.readerOf(cell);
      const key = seriesKey(query, frame, field);
      const source = sourceOf(key, () => ({
        who: { ...identifySeries(frame, field, labelRoles(field.labels ?? {}), options), cell, query },
        isTable: false,
        interval: time.config.interval ?? undefined,
        ends: undefined,
      }));
      append(source, times, field.values, meaningOf);
    }
  };

  const readTable = (frame: DataFrame, roles: RowRoles): boolean => {
    const { value, id, name, group, isOwnId, isPlaceName } = roles;
    const { time, end } = momentsOf(frame, roles, options);
    if (value === undefined || time === undefined) return false;
    const query = frame.refId ?? '';
    const texts = frame.fields.filter(({ type }) => type === FieldType.string).map(textReader);
    const idOf = textReader(id);
    const nameOf = textReader(name);
    const groupOf = textReader(group);
    const keyOf = (row: number) =>
      id === undefined && name === undefined
        ? texts.map((read) => read(row)).join('\u0000')
        : `${idOf(row)}\u0000${id === undefined ? nameOf(row) : ''}`;
    const meaningOf = collector.readerOf({ frame, field: value, row: 0 });
    const times = momentsIn(time);
    const ends = end === undefined ? undefined : momentsIn(end);
    const columns = { id, name, since: roles.since, seen: roles.seen, time };
    // Tables are often sorted by device: then the row before was of the same.
    const telling = id ?? name;
    const isAsBefore = (row: number) =>
      telling !== undefined && telling.values[row] === telling.values[row - 1];
    let source: Source | undefined;
    for (let row = 0; row < frame.length; row += 1) {
      const at = times[row] ?? Number.NaN;
      if (Number.isNaN(at)) {
        source = undefined;
        continue;
      }
      if (source === undefined || !isAsBefore(row))
        source = sourceOf(`${query}\u0000${keyOf(row)}`, () => ({
          who: {
            id: id === undefined ? null : idOf(row),
            isOwnId,
            name: nameOf(row),
            isPlaceName,
            group: group === undefined ? (labelOf(value.labels, options.groupBy) ?? '') : groupOf(row),
            cell: { frame, field: value, row, columns },
            query,
          },
          isTable: true,
          interval: time.config.interval ?? undefined,
          ends: end === undefined ? undefined : [],
        }));
      source.times.push(at);
      // A row without a state says that nothing is known from then on.
      source.meanings.push(meaningOf(value.values[row] ?? null));
      source.samples?.push(row);
      source.ends?.push(ends?.[row] ?? Number.NaN);
    }
    return true;
  };

  return { byKey, readSeries, readTable };
}

/** Reads the states of every device of every frame: a field each in series, the rows of each in tables. */
export function readSources(
  frames: readonly DataFrame[],
  options: TimelineOptions,
  collector: KindCollector,
): Sources {
  const { byKey, readSeries, readTable } = createReader({ collector, options });
  const unread: (readonly string[])[] = [];
  for (const frame of frames) {
    if (frame.fields.length === 0) continue;
    const roles = rolesOf(frame, roleOptions(options));
    const time = roles.kind === 'series' ? roles.time : undefined;
    if (roles.kind === 'series' && time !== undefined) readSeries(frame, time, roles);
    const isRead = time !== undefined || (roles.kind === 'rows' && readTable(frame, roles));
    if (!isRead && frame.length > 0) unread.push(frame.fields.map(({ name }) => name));
  }
  return { sources: [...byKey.values()], unread };
}
