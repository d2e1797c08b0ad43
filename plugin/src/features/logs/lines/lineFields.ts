/** Shown apart from the fields. */
const SHOWN_ELSEWHERE = new Set(['message', 'raw']);

export interface LineField {
  /** With dots where the value lies deeper. */
  readonly name: string;
  readonly value: string;
}

function fieldsOf(value: unknown, name: string): LineField[] {
  if (value === null || value === undefined || value === '') return [];
  if (typeof value !== 'object')
    return [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }];
  if (Array.isArray(value)) return [{ name, value: JSON.stringify(value) }];
  return Object.entries(value).flatMap(([key, part]) => fieldsOf(part, name === '' ? key : `${name}.${key}`));
}

/** All fields of an entry that have a value, in its order; nested ones by their path. */
export function lineFields(json: Readonly<Record<string, unknown>>): LineField[] {
  return fieldsOf(json, '').filter(({ name }) => !SHOWN_ELSEWHERE.has(name));
}
