import { type DataFrame, type Field, FieldType } from '@grafana/data';
import type { DeviceStatusOptions } from '../options/options';
import { roleOfQuery } from './fields';
import { readRows } from './read-rows';
import { createLabelFinder, readSeries } from './read-series';
import type { Cell } from './device';

export type ReadOptions = Pick<
  DeviceStatusOptions,
  'valueField' | 'nameField' | 'idField' | 'groupBy' | 'sinceField' | 'seenField'
>;

/** One value of one device as the query answered it, before formats and joins. */
export interface Reading {
  /** The device's id; null when the data carries none. */
  readonly id: string | null;
  readonly name: string;
  readonly group: string;
  readonly raw: unknown;
  readonly since: number | null;
  readonly seen: number | null;
  readonly cell: Cell;
  /** The query that the reading belongs to. */
  readonly query: string;
  /** What the reading says: how the device is, or a moment that belongs to it. */
  readonly role: 'value' | 'since' | 'seen';
  /** Whether later readings of the same device and query replace this one (a table with a row per sample). */
  readonly isSample: boolean;
}

/** A frame whose fields are devices: it has labels, or nothing in it could name a row. */
function isSeries(frame: DataFrame): boolean {
  let texts = 0;
  for (const field of frame.fields) {
    if (field.labels !== undefined && Object.keys(field.labels).length > 0) return true;
    if (field.type === FieldType.string) texts += 1;
  }
  if (texts === 0) return true;
  const hasTime = frame.fields.some((field) => field.type === FieldType.time);
  return hasTime && texts === frame.fields.length - 1 && texts === 1;
}

/** Reads every device of every frame: a row each in tables, a field each in series. Work grows with the number of values only. */
export function readFrames(frames: readonly DataFrame[], options: ReadOptions): Reading[] {
  const readings: Reading[] = [];
  const labelOf = createLabelFinder();
  for (const frame of frames) {
    if (frame.fields.length === 0) continue;
    if (isSeries(frame)) readSeries(frame, options, labelOf, readings);
    else readRows(frame, options, readings);
  }
  return readings;
}

/** Shared by both readers. */
export function queryOf(frame: DataFrame, field: Field): Pick<Reading, 'query' | 'role'> {
  return { query: frame.refId ?? '', role: roleOfQuery(frame, field) };
}
