import { type DataFrame, type Field, getFieldDisplayName, type Labels } from '@grafana/data';
import { momentOf } from './moment';
import { type Identified, labelOf, type ReadContext, type Reading } from './read-frames';
import { type LabelRoles, type RoleOptions, roleOfQuery, type SeriesRoles } from './roles';

const NO_LABELS: Labels = {};

/** A series that has had no sample for this many of its steps has ended. */
const STEPS_TO_END = 5;

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value));
}

/** Row of the newest value; -1 when the series has none. */
function lastRow(values: readonly unknown[]): number {
  let row = values.length - 1;
  while (row >= 0 && isMissing(values[row])) row -= 1;
  return row;
}

/**
 * Whether values are missing after `last`, more in a row than ever before: in a frame of several series each has
 * gaps where only the others have samples.
 */
function hasGoneSilent(values: readonly unknown[], last: number): boolean {
  const tail = values.length - 1 - last;
  if (tail === 0 || last < 0) return false;
  let gap = 0;
  for (let row = last - 1; row >= 0; row -= 1) {
    if (isMissing(values[row])) {
      gap += 1;
    } else {
      if (gap >= tail) return false;
      gap = 0;
    }
  }
  return true;
}

/** First moment from which on the series has had its newest value; null when it has had it all along, so the start is not known. */
function sinceOf(field: Field, time: Field, row: number): number | null {
  const newest: unknown = field.values[row];
  let first = row;
  while (first > 0) {
    const before: unknown = field.values[first - 1];
    if (before !== newest && !isMissing(before)) return momentOf(time.values[first]);
    first -= 1;
  }
  return null;
}

/** Milliseconds between samples: what the data source says, else the mean; undefined for a single sample. */
function stepOf({ config, values }: Field): number | undefined {
  if (values.length < 2) return undefined;
  if (typeof config.interval === 'number' && config.interval > 0) return config.interval;
  const first = momentOf(values[0]);
  const last = momentOf(values[values.length - 1]);
  return first === null || last === null || last <= first ? undefined : (last - first) / (values.length - 1);
}

/** The legend that a data source makes when nobody wrote one: the metric with all its labels, in Prometheus' notation. */
function isDefaultLegend(legend: string, labels: Labels): boolean {
  const metric = labelOf(labels, '__name__') ?? '';
  return (
    legend === metric || (legend.startsWith(`${metric}{`) && legend.endsWith('}') && legend.includes('="'))
  );
}

/** The name that somebody gave to the series in the field's options or as its legend; Grafana has filled in variables. */
function givenName(frame: DataFrame, field: Field, labels: Labels): string {
  const { displayName, displayNameFromDS } = field.config;
  if (displayName !== undefined && displayName !== '') return getFieldDisplayName(field, frame);
  if (displayNameFromDS === undefined || isDefaultLegend(displayNameFromDS, labels)) return '';
  return displayNameFromDS;
}

/** Who a series is about: by its labels, and by the name that somebody gave it. */
export function identifySeries(
  frame: DataFrame,
  field: Field,
  roles: LabelRoles,
  { nameField, groupBy }: Pick<RoleOptions, 'nameField' | 'groupBy'>,
): Identified {
  const labels = field.labels ?? NO_LABELS;
  const given = nameField === '' || roles.name !== nameField ? givenName(frame, field, labels) : '';
  return {
    id: labelOf(labels, roles.id) ?? null,
    isOwnId: roles.isOwnId,
    name: given || (labelOf(labels, roles.name) ?? ''),
    isPlaceName: given === '' && roles.isPlaceName,
    group: labelOf(labels, groupBy) ?? '',
  };
}

/** Reads a frame in which every field is a device, the newest value counting, into `readings`. */
export function readSeries(
  frame: DataFrame,
  { time, values }: SeriesRoles,
  { options, end }: ReadContext,
  rolesOfLabels: (labels: Labels) => LabelRoles,
  readings: Reading[],
): void {
  const step = time === undefined ? undefined : stepOf(time);
  for (const field of values) {
    const roles = rolesOfLabels(field.labels ?? NO_LABELS);
    const row = lastRow(field.values);
    const isSilent = hasGoneSilent(field.values, row);
    const at = time === undefined || row < 0 ? null : momentOf(time.values[row]);
    const { id, isOwnId, name, isPlaceName, group } = identifySeries(frame, field, roles, options);
    readings.push({
      id,
      isOwnId,
      name,
      isPlaceName,
      group,
      raw: row < 0 || isSilent ? null : field.values[row],
      since: isSilent ? at : time === undefined || row < 0 ? null : sinceOf(field, time, row),
      seen: at,
      ended: at !== null && step !== undefined && end - at > STEPS_TO_END * step,
      cell: { frame, field, row: Math.max(row, 0) },
      query: frame.refId ?? '',
      role: roleOfQuery(frame, field),
      isSample: false,
    });
  }
}
