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
  readonly times: number[];
  /** What each value means: numbers of the collector. */
  readonly meanings: number[];
  /** Rows of the frame. */
  readonly samples: number[];
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
      const key = JSON.stringify([query, frame.name ?? '', field.name, field.labels ?? {}]);
      const source = sourceOf(key, () => ({
        who: { ...identifySeries(frame, field, labelRoles(field.labels ?? {}), options), cell, query },
        isTable: false,
        interval: time.config.interval ?? undefined,
        ends: undefined,
      }));
      for (let row = 0; row < times.length; row += 1) {
        const at = times[row] ?? Number.NaN;
        const meaning = meaningOf(field.values[row]);
        if (meaning === NOTHING || Number.isNaN(at)) continue;
        source.times.push(at);
        source.meanings.push(meaning);
        source.samples.push(row);
      }
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
    for (let row = 0; row < frame.length; row += 1) {
      const at = times[row] ?? Number.NaN;
      if (Number.isNaN(at)) continue;
      const source = sourceOf(`${query}\u0000${keyOf(row)}`, () => ({
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
      source.samples.push(row);
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
