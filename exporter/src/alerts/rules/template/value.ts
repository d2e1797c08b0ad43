/** A struct of Go with exported fields, e.g. a sample of `query`. */
export class Fields {
  readonly values: ReadonlyMap<string, TemplateValue>;

  constructor(values: Iterable<readonly [string, TemplateValue]>) {
    this.values = new Map(values);
  }
}

/** A value inside a template as Go has it: `number` is a float64, `bigint` an int, `null` is nil. */
export type TemplateValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly TemplateValue[]
  | ReadonlyMap<string, TemplateValue>
  | Fields;

/** A template that fails while it is filled: its text says so in place of what it should have said. */
export class ExecutionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExecutionError';
  }
}

export function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value);
}

export function isMap(value: TemplateValue): value is ReadonlyMap<string, TemplateValue> {
  return value instanceof Map;
}

/** Go's name of the value's type, for messages and for `%T`. */
export function typeName(value: TemplateValue): string {
  if (value === null) return '<nil>';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'float64';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'boolean') return 'bool';
  if (isMap(value)) return 'map[string]string';
  return isList(value) ? 'template.queryResult' : 'template.sample';
}

/** What counts as true in `if`, `with`, `and`, `or` and `not`: anything but zero, nil and what is empty. */
export function isTrue(value: TemplateValue): boolean {
  if (value === null) return false;
  if (typeof value === 'object') {
    if (value instanceof Fields) return true;
    return isMap(value) ? value.size > 0 : value.length > 0;
  }
  // NaN is not zero.
  return typeof value === 'number' ? value !== 0 : Boolean(value);
}

function mismatch(a: TemplateValue, b: TemplateValue): never {
  throw new ExecutionError(`a ${typeName(a)} cannot be compared with a ${typeName(b)}`);
}

/** Go's `eq`: only values of one kind can be compared, an int is no float. */
export function equalValues(a: TemplateValue, b: TemplateValue): boolean {
  if (a === null || b === null) return a === b;
  if (typeof a !== typeof b || typeof a === 'object') return mismatch(a, b);
  return a === b;
}

/** Go's `lt` and the like: below zero when `a` is less, NaN for NaN, of which no comparison holds. */
export function compareValues(a: TemplateValue, b: TemplateValue): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a - b;
  if (typeof a === 'bigint' && typeof b === 'bigint') return Number(a - b);
  return mismatch(a, b);
}
