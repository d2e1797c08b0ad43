import type { DataFrame, Field, Labels, ScopedVars } from '@grafana/data';
import type { Cell } from './cell';
import { readRows } from './read-rows';
import { readSeries } from './read-series';
import { createLabelRoles, type NoRoles, type QueryRole, type RoleOptions, rolesOf } from './roles';

/** Fills Grafana's variables into a text. */
export type Interpolate = (text: string, scopedVars?: ScopedVars) => string;

/** What both readers need to know. */
export interface ReadContext {
  readonly options: RoleOptions;
  readonly interpolate: Interpolate;
  /** End of the time range, milliseconds since the epoch. */
  readonly end: number;
}

/** Who a value is about. */
export interface Identified {
  /** The device's id; null when the data carries none. */
  readonly id: string | null;
  /** Whether other queries may be joined by the id: it is the device's own, not that of a place. */
  readonly isOwnId: boolean;
  /** Empty when the data names none: then what differs between the devices becomes the name. */
  readonly name: string;
  /** Whether the name is only that of a place, where there may be several. */
  readonly isPlaceName: boolean;
  readonly group: string;
}

/** What names are made of. */
export interface Nameable extends Identified {
  readonly cell: Cell;
  /** The query that it belongs to. */
  readonly query: string;
  /** Labels that are no fields: those in the name of a series. */
  readonly labels?: Labels | undefined;
  /** The label that tells the states of a state set. */
  readonly stateLabel?: string | undefined;
}

/** One value of one device as the query answered it, before formats and joins. */
export interface Reading extends Nameable {
  readonly raw: unknown;
  readonly since: number | null;
  readonly seen: number | null;
  /** Whether the series ended well before the time range. */
  readonly ended: boolean;
  /** What the reading says: how the device is, or a moment that belongs to it. */
  readonly role: QueryRole;
  /** Whether later readings of the same device and query replace this one (a table with a row per sample). */
  readonly isSample: boolean;
}

/** A frame with data in which no devices were found, and what it lacks. */
export interface UnreadFrame {
  readonly missing: NoRoles['missing'];
  readonly fields: readonly string[];
}

export interface FrameReadings {
  readonly readings: Reading[];
  readonly unread: readonly UnreadFrame[];
}

/** Reads every device of every frame: a row each in tables, a field each in series. Work grows with the number of values only. */
export function readFrames(frames: readonly DataFrame[], context: ReadContext): FrameReadings {
  const readings: Reading[] = [];
  const unread: UnreadFrame[] = [];
  const labelRoles = createLabelRoles(context.options);
  for (const frame of frames) {
    if (frame.fields.length === 0) continue;
    const roles = rolesOf(frame, context.options);
    if (roles.kind === 'rows') readRows(frame, roles, context, labelRoles, readings);
    else if (roles.kind === 'series') readSeries(frame, roles, context, labelRoles, readings);
    else if (frame.length > 0) {
      unread.push({ missing: roles.missing, fields: frame.fields.map(({ name }) => name) });
    }
  }
  return { readings, unread };
}

/** The value of a label; labels are data and may be called like anything, `constructor` too. */
export function labelOf(labels: Labels | undefined, name: string | undefined): string | undefined {
  return labels !== undefined && name !== undefined && Object.hasOwn(labels, name) ? labels[name] : undefined;
}

/** Variables for texts that speak of one row, such as `${__data.fields.site}`. */
export function rowScope(frame: DataFrame, field: Field, row: number): ScopedVars {
  return {
    ...field.state?.scopedVars,
    __dataContext: { value: { data: [frame], frame, field, rowIndex: row, frameIndex: 0 } },
  };
}
