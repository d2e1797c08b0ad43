import { type DataFrame, type Field, FieldType } from '@grafana/data';

/** Names of fields and labels that carry a role, the best first; compared without case and separators. */
const CANDIDATES = {
  id: [
    'deviceid',
    'device',
    'id',
    'uid',
    'uuid',
    'serial',
    'serialnumber',
    'instance',
    'hostname',
    'host',
    'node',
  ],
  name: [
    'name',
    'devicename',
    'displayname',
    'title',
    'device',
    'deviceid',
    'hostname',
    'host',
    'instance',
    'node',
    'id',
  ],
  value: ['status', 'state', 'devicestatus', 'statuscode', 'health', 'value'],
  since: ['statussince', 'since', 'statesince', 'lastchange', 'changedat', 'statuschangedat'],
  seen: ['lastseen', 'lastseenat', 'lastheartbeat', 'heartbeat', 'updatedat', 'lastupdate'],
} as const;

export type Role = keyof typeof CANDIDATES;

/** `Last seen` and `last_seen` are the same name; `Value #A` is `value`. */
function normalise(name: string): string {
  return name
    .toLowerCase()
    .replace(/#.*$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The name among `names` that fits the role best; undefined when none does. */
export function bestName(names: readonly string[], role: Role): string | undefined {
  const normalised = names.map(normalise);
  for (const candidate of CANDIDATES[role]) {
    const index = normalised.indexOf(candidate);
    if (index >= 0) return names[index];
  }
  return undefined;
}

/** The field that the option names, else the best by name; `accepts` narrows to usable types. */
export function findField(
  frame: DataFrame,
  role: Role,
  option: string,
  accepts: (field: Field) => boolean = () => true,
): Field | undefined {
  const named = option === '' ? undefined : frame.fields.find((field) => isNamed(field, option));
  if (named !== undefined) return named;
  const usable = frame.fields.filter(accepts);
  const best = bestName(
    usable.map((field) => field.name),
    role,
  );
  return usable.find((field) => field.name === best);
}

function isNamed(field: Field, name: string): boolean {
  return field.name === name || field.state?.displayName === name || field.config.displayName === name;
}

/** Whether the field can say how a device is. */
export function isValue(field: Field): boolean {
  return (
    field.type === FieldType.number ||
    field.type === FieldType.string ||
    field.type === FieldType.boolean ||
    field.type === FieldType.enum
  );
}

/** The field of a table that holds the status or value: by option, by name, else the first number that has no other role. */
export function findValueField(frame: DataFrame, option: string): Field | undefined {
  const named = findField(frame, 'value', option, isValue);
  if (named !== undefined) return named;
  const taken = new Set([
    findField(frame, 'id', ''),
    findField(frame, 'since', ''),
    findField(frame, 'seen', ''),
  ]);
  return (
    frame.fields.find((field) => field.type === FieldType.number && !taken.has(field)) ??
    frame.fields.find((field) => field.type === FieldType.boolean || field.type === FieldType.enum)
  );
}

type QueryRole = 'value' | 'since' | 'seen';

const MOST_REMEMBERED = 1000;
const rolesOfTexts = new Map<string, QueryRole>();

function roleOfText(text: string): QueryRole {
  const words = text.toLowerCase();
  if (/last[_ ]?seen|heartbeat/.test(words)) return 'seen';
  return /(^|[^a-z])since|last[_ ]?change/.test(words) ? 'since' : 'value';
}

/** What a whole query is about, by the names it carries: its values, or a moment that belongs to the devices of another query. */
export function roleOfQuery(frame: DataFrame, field: Field): QueryRole {
  const text = `${field.labels?.__name__ ?? ''} ${frame.name ?? ''} ${field.name} ${frame.refId ?? ''}`;
  // Thousands of series share these names.
  let role = rolesOfTexts.get(text);
  if (role === undefined) {
    role = roleOfText(text);
    if (rolesOfTexts.size >= MOST_REMEMBERED) rolesOfTexts.clear();
    rolesOfTexts.set(text, role);
  }
  return role;
}
