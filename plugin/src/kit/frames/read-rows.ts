import {
  type DataFrame,
  type Field,
  formattedValueToString,
  isDataFrameWithValue,
  type Labels,
} from '@grafana/data';
import { momentOf } from './moment';
import { type ReadContext, type Reading, labelOf, rowScope } from './read-frames';
import { isTemplate, type LabelRoles, roleOfQuery, type RowRoles } from './roles';

/** Reads cells of a column as the text that people see: mapped values by their mapping. */
export function textReader(field: Field | undefined): (row: number) => string {
  if (field === undefined) return () => '';
  const { display } = field;
  const isMapped = (field.config.mappings?.length ?? 0) > 0;
  return (row) => {
    const value: unknown = field.values[row];
    if (value === null || value === undefined) return '';
    if (isMapped && display !== undefined) return formattedValueToString(display(value));
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  };
}

/** Series in a cell, as "Time series to table" makes them, stand for their newest value. */
function rawOf(value: unknown): unknown {
  return isDataFrameWithValue(value) ? value.value : value;
}

/** The labels in the name of a series, as "Reduce" puts it into its column `Field`; undefined for any other text. */
function labelsInName(name: string): Labels | undefined {
  const match = /^([\w:]*)\{(.*)\}$/.exec(name);
  if (match?.[2] === undefined) return undefined;
  const pairs = [...match[2].matchAll(/([\w.]+)="((?:[^"\\]|\\.)*)"/g)];
  if (pairs.length === 0) return undefined;
  return Object.fromEntries(pairs.map(([, label = '', value = '']) => [label, value]));
}

type Identity = Pick<Reading, 'id' | 'isOwnId' | 'name' | 'isPlaceName'>;

function identityIn(labels: Labels, { id, isOwnId, name, isPlaceName }: LabelRoles): Identity {
  return { id: labelOf(labels, id) ?? null, isOwnId, name: labelOf(labels, name) ?? '', isPlaceName };
}

/** Reads a table with a row per device, or a row per sample of a device, into `readings`. */
export function readRows(
  frame: DataFrame,
  roles: RowRoles,
  context: ReadContext,
  rolesOfLabels: (labels: Labels) => LabelRoles,
  readings: Reading[],
): void {
  const { since, seen, time, group } = roles;
  const field = roles.value ?? seen;
  if (field === undefined) return;
  const idOf = textReader(roles.id);
  const nameOf = textReader(roles.name);
  const groupOf = textReader(group);
  const template = isTemplate(field.config.displayName) ? field.config.displayName : undefined;
  const labelGroup = labelOf(field.labels, context.options.groupBy) ?? '';
  const query = frame.refId ?? '';
  const role = roleOfQuery(frame, field);
  const columns = { name: roles.name, id: roles.id, since, seen, time };
  const isPlaceName = roles.isPlaceName && template === undefined;
  const isReduced = roles.name?.name === 'Field';
  for (let row = 0; row < frame.length; row += 1) {
    const at = seen === undefined ? undefined : momentOf(seen.values[row]);
    const name =
      template === undefined ? nameOf(row) : context.interpolate(template, rowScope(frame, field, row));
    // One form of object for all rows: spreading into each would cost as much as all the rest.
    const labels = isReduced ? labelsInName(name) : undefined;
    const identity = labels === undefined ? undefined : identityIn(labels, rolesOfLabels(labels));
    readings.push({
      id: identity === undefined ? (roles.id === undefined ? null : idOf(row)) : identity.id,
      isOwnId: identity === undefined ? roles.isOwnId : identity.isOwnId,
      name: identity === undefined ? name : identity.name,
      isPlaceName: identity === undefined ? isPlaceName : identity.isPlaceName,
      labels,
      group: group === undefined ? labelGroup : groupOf(row),
      raw: roles.value === undefined ? null : rawOf(field.values[row]),
      since: since === undefined ? null : momentOf(since.values[row]),
      seen: at ?? (time === undefined ? null : momentOf(time.values[row])),
      ended: false,
      cell: { frame, field, row, columns },
      query,
      role,
      isSample: time !== undefined,
    });
  }
}
