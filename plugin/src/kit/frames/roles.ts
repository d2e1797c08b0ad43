import { type DataFrame, type Field, fieldReducers, FieldType, type Labels } from '@grafana/data';

/** The metric whose values are Valtronics' status codes. */
export const STATUS_METRIC = 'valtronics_device_status';

/**
 * Names that give a field or label its role when nobody has chosen one, the best first. They are compared whole,
 * without case, spaces and punctuation: `Last seen` is `last_seen`. The documentation lists them.
 */
const NAMES = {
  /** Names of an identity of the device's own, by which queries are joined. */
  ownId: ['deviceid', 'device', 'id', 'uid', 'uuid', 'serial', 'serialnumber'],
  /** Names of the place that a device is at or measured through: other queries may mean other things there. */
  placeId: ['hostname', 'host', 'instance', 'node'],
  name: ['name', 'devicename', 'displayname', 'title'],
  value: ['status', 'state', 'devicestatus', 'statuscode', 'health', 'value'],
  since: ['since', 'statussince', 'statesince', 'lastchange', 'changedat', 'statuschangedat'],
  seen: ['lastseen', 'lastseenat', 'lastheartbeat', 'updatedat', 'lastupdate'],
  time: ['time', 'timestamp', 'datetime', 'ts'],
  /** Beginning and end of a state, in tables that have both. */
  began: ['start', 'starttime', 'startedat', 'startsat', 'begin', 'from'],
  ended: ['end', 'endtime', 'endedat', 'endsat', 'until', 'to', 'stop', 'stoptime'],
} as const;

type NameList = keyof typeof NAMES;

/** The same to look names up in: thousands of series are. */
const LISTS: Readonly<Record<NameList, ReadonlySet<string>>> = {
  ownId: new Set(NAMES.ownId),
  placeId: new Set(NAMES.placeId),
  name: new Set(NAMES.name),
  value: new Set(NAMES.value),
  since: new Set(NAMES.since),
  seen: new Set(NAMES.seen),
  time: new Set(NAMES.time),
  began: new Set(NAMES.began),
  ended: new Set(NAMES.ended),
};

/** What the editor lets people choose, and what decides roles: names of fields or labels; empty: found by name and type. */
export interface RoleOptions {
  readonly valueField: string;
  readonly nameField: string;
  readonly idField: string;
  readonly groupBy: string;
  readonly sinceField: string;
  readonly seenField: string;
}

const plainNames = new Map<string, string>();
const MOST_REMEMBERED = 1000;

/** What Grafana adds to a name is no part of it: `status (last)` of a grouping is `status`, `Value #A` is `Value`. */
function baseName(name: string): string {
  const calculated = / \((\w+)\)$/.exec(name);
  if (calculated?.[1] !== undefined && fieldReducers.getIfExists(calculated[1]) !== undefined) {
    return name.slice(0, calculated.index);
  }
  return name.replace(/ #.*$/, '');
}

function plainName(name: string): string {
  let plain = plainNames.get(name);
  if (plain === undefined) {
    plain = baseName(name)
      .toLowerCase()
      .replace(/^_+.*_+$/, '')
      .replace(/[^\p{L}\p{N}]/gu, '');
    if (plainNames.size >= MOST_REMEMBERED) plainNames.clear();
    plainNames.set(name, plain);
  }
  return plain;
}

function isIn(name: string | undefined, list: NameList): boolean {
  return name !== undefined && LISTS[list].has(plainName(name));
}

/** The name among `names` that stands first in the list; undefined when none is in it. */
function bestOf(names: readonly string[], list: NameList): string | undefined {
  for (const known of NAMES[list]) {
    const found = names.find((name) => plainName(name) === known);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a display name is made anew for every row or series. */
export function isTemplate(displayName: string | undefined): displayName is string {
  return displayName !== undefined && displayName.includes('$');
}

/** The name that people see above the column: a renamed one counts under its new name. */
export function shownName(field: Field): string {
  const { displayName } = field.config;
  return displayName === undefined || displayName === '' || isTemplate(displayName)
    ? field.name
    : displayName;
}

function isLabelled({ labels }: Field): boolean {
  return labels !== undefined && Object.keys(labels).length > 0;
}

/** The field that somebody chose by its name, its new name, or its name before a calculation. */
export function chosenField(frame: DataFrame, choice: string): Field | undefined {
  if (choice === '') return undefined;
  const { fields } = frame;
  return (
    fields.find((field) => field.name === choice) ??
    fields.find((field) => shownName(field) === choice || field.state?.displayName === choice) ??
    fields.find((field) => baseName(field.name) === choice)
  );
}

/** The field that stands first in a list of names. */
export function namedField(
  fields: readonly Field[],
  list: NameList,
  accepts: (field: Field) => boolean,
): Field | undefined {
  const usable = fields.filter(accepts);
  const best =
    bestOf(usable.map(shownName), list) ??
    bestOf(
      usable.map(({ name }) => name),
      list,
    );
  return usable.find((field) => shownName(field) === best || field.name === best);
}

/** Whether the field can say how a device is. */
export function isValue({ type }: Field): boolean {
  return (
    type === FieldType.number ||
    type === FieldType.string ||
    type === FieldType.boolean ||
    type === FieldType.enum ||
    type === FieldType.frame
  );
}

/** The value column that Grafana makes of a metric: beside it, columns named `state` and the like are labels. */
function isMetricValue(field: Field): boolean {
  return field.type === FieldType.number && /^Value( #.+)?$/.test(field.name);
}

function valueField(frame: DataFrame, choice: string, taken: ReadonlySet<Field | undefined>) {
  const free = frame.fields.filter((field) => !taken.has(field));
  return (
    chosenField(frame, choice) ??
    free.find(isMetricValue) ??
    namedField(free, 'value', isValue) ??
    free.find(({ type }) => type === FieldType.frame) ??
    free.find(({ type }) => type === FieldType.number) ??
    free.find(({ type }) => type === FieldType.boolean || type === FieldType.enum)
  );
}

/** A table: a row per device, or per sample of one. */
export interface RowRoles {
  readonly kind: 'rows';
  readonly id?: Field | undefined;
  /** Whether the id is the device's own or chosen, so that other queries may be joined by it. */
  readonly isOwnId: boolean;
  readonly name?: Field | undefined;
  /** Whether the name is only that of a place. */
  readonly isPlaceName: boolean;
  /** Undefined for devices of which only the last sign of life is known. */
  readonly value?: Field | undefined;
  readonly since?: Field | undefined;
  readonly seen?: Field | undefined;
  /** The moments of samples. */
  readonly time?: Field | undefined;
  readonly group?: Field | undefined;
}

/** A frame whose fields are devices. */
export interface SeriesRoles {
  readonly kind: 'series';
  readonly time?: Field | undefined;
  readonly values: readonly Field[];
}

/** Nothing that could be drawn as devices. */
export interface NoRoles {
  readonly kind: 'none';
  readonly missing: 'value';
}

export type FrameRoles = RowRoles | SeriesRoles | NoRoles;

function rowRoles(frame: DataFrame, options: RoleOptions): RowRoles | NoRoles {
  const { fields } = frame;
  const since = chosenField(frame, options.sinceField) ?? namedField(fields, 'since', () => true);
  const seen = chosenField(frame, options.seenField) ?? namedField(fields, 'seen', () => true);
  const chosenValue = chosenField(frame, options.valueField);
  const isFree = (field: Field) =>
    field !== since && field !== seen && field !== chosenValue && field.type !== FieldType.time;
  const ownId = chosenField(frame, options.idField) ?? namedField(fields, 'ownId', isFree);
  const id = ownId ?? namedField(fields, 'placeId', isFree);
  const named = chosenField(frame, options.nameField) ?? namedField(fields, 'name', isFree);
  const value = valueField(frame, options.valueField, new Set([id, named, since, seen]));
  // Beside Grafana's own value column the texts are labels: what differs between them names the rows.
  const isLabels = value !== undefined && isMetricValue(value);
  const firstText = fields.find(
    (field) => isFree(field) && field !== value && field.type === FieldType.string,
  );
  const name = named ?? id ?? (isLabels ? undefined : firstText);
  if (value === undefined && (seen === undefined || name === undefined)) {
    return { kind: 'none', missing: 'value' };
  }
  const time = namedField(
    fields,
    'time',
    (field) => field.type === FieldType.time && field !== since && field !== seen,
  );
  const group = chosenField(frame, options.groupBy);
  const isOwnId = ownId !== undefined;
  const isPlaceName = named === undefined && id !== undefined && !isOwnId;
  return { kind: 'rows', id, isOwnId, name, isPlaceName, value, since, seen, time, group };
}

/** Whether some field can only be a column: it names the rows. */
function hasNamingColumn(frame: DataFrame, options: RoleOptions): boolean {
  const chosen = [options.idField, options.nameField].map((choice) => chosenField(frame, choice));
  return frame.fields.some((field) => {
    if (field.type === FieldType.time) return false;
    if (chosen.includes(field)) return true;
    const names = isLabelled(field) ? [field.name] : [shownName(field), field.name];
    if (isLabelled(field) && field.type !== FieldType.string) return false;
    return names.some((name) => isIn(name, 'ownId') || isIn(name, 'placeId') || isIn(name, 'name'));
  });
}

/** Finds out once per frame which of its fields is what: by the user's choice, else by exact names. */
export function rolesOf(frame: DataFrame, options: RoleOptions): FrameRoles {
  if (hasNamingColumn(frame, options)) return rowRoles(frame, options);
  const { fields } = frame;
  const time = fields.find(({ type }) => type === FieldType.time);
  const values = fields.filter(isValue);
  const asSeries = (): SeriesRoles => {
    const chosen =
      options.valueField === ''
        ? []
        : values.filter(
            (field) => field.name === options.valueField || shownName(field) === options.valueField,
          );
    return { kind: 'series', time, values: chosen.length === 0 ? values : chosen };
  };
  if (fields.some(isLabelled)) return asSeries();
  const texts = values.filter(({ type }) => type === FieldType.string);
  if (texts.length === 0) {
    return values.length > 0 ? asSeries() : { kind: 'none', missing: 'value' };
  }
  const [only] = values;
  if (values.length === 1 && only !== undefined && time !== undefined) {
    const isState = only.name === options.valueField || isIn(shownName(only), 'value');
    return isState ? asSeries() : { kind: 'none', missing: 'value' };
  }
  return rowRoles(frame, options);
}

/** The labels of a series that carry roles. */
export interface LabelRoles {
  readonly id: string | undefined;
  readonly isOwnId: boolean;
  readonly name: string | undefined;
  readonly isPlaceName: boolean;
}

/** The roles of labels of these names. */
export function rolesOfLabels(
  names: readonly string[],
  options: Pick<RoleOptions, 'idField' | 'nameField'>,
): LabelRoles {
  const chosen = (choice: string) => names.find((name) => choice !== '' && name === choice);
  const ownId = chosen(options.idField) ?? bestOf(names, 'ownId');
  const id = ownId ?? bestOf(names, 'placeId');
  const name = chosen(options.nameField) ?? bestOf(names, 'name');
  return {
    id,
    isOwnId: ownId !== undefined,
    name: name ?? id,
    isPlaceName: name === undefined && ownId === undefined && id !== undefined,
  };
}

/** Finds the roles of labels once per set of names, and not once per series. */
export function createLabelRoles(options: RoleOptions): (labels: Labels) => LabelRoles {
  let known = '';
  let roles = rolesOfLabels([], options);
  return (labels) => {
    const names = Object.keys(labels);
    const signature = names.join('\u0000');
    if (signature !== known) {
      known = signature;
      roles = rolesOfLabels(names, options);
    }
    return roles;
  };
}

/** The metric that the value is of: by its label, its column, or its own name. */
export function metricOf(frame: DataFrame, field: Field): string | undefined {
  const label = field.labels?.__name__;
  if (label !== undefined) return label;
  const column: unknown = frame.fields.find(({ name }) => name === '__name__')?.values[0];
  if (typeof column === 'string') return column;
  return field.name === STATUS_METRIC || frame.name === STATUS_METRIC ? STATUS_METRIC : undefined;
}

/** What a whole query says: how devices are, or a moment that belongs to the devices of another query. */
export type QueryRole = 'value' | 'since' | 'seen';

const MOMENT_METRICS = new Map<string | undefined, QueryRole>([
  ['valtronics_device_status_since_timestamp_seconds', 'since'],
  ['valtronics_device_last_seen_timestamp_seconds', 'seen'],
]);

/** The role of a query, by its exact name (`since`, `last_seen`) or its metric. */
export function roleOfQuery(frame: DataFrame, field: Field): QueryRole {
  const metric = metricOf(frame, field);
  const known = MOMENT_METRICS.get(metric);
  if (known !== undefined) return known;
  const isNamed = (list: 'since' | 'seen') => isIn(frame.refId, list) || isIn(metric, list);
  if (isNamed('since')) return 'since';
  return isNamed('seen') ? 'seen' : 'value';
}

/** Whether the query by its name or its metric is about statuses, so that it and not a measurement colours the tiles. */
export function isAboutStatus(frame: DataFrame, field: Field): boolean {
  const isStatus = (name: string | undefined) => isIn(name, 'value') && plainName(name ?? '') !== 'value';
  return metricOf(frame, field) === STATUS_METRIC || isStatus(frame.refId) || isStatus(field.name);
}

/** Whether any of these names could identify a device. */
export function hasIdentity(names: readonly string[]): boolean {
  return bestOf(names, 'ownId') !== undefined || bestOf(names, 'placeId') !== undefined;
}
