/**
 * The shape of a JSON value: types instead of values. Objects keep the order of their keys; an array has the
 * shapes of its items without repetition.
 */
export function shapeOf(value: unknown): unknown {
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    const shapes = value.map((item) => JSON.stringify(shapeOf(item)));
    return [...new Set(shapes)].sort();
  }
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]));
  }
  return typeof value;
}

/** All keys of a JSON value with their types, as `path: type`; array items fall together. */
export function keysOf(value: unknown, path = ''): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((item) => [...keysOf(item, `${path}[]`)]));
  if (typeof value === 'object' && value !== null) {
    return new Set(Object.entries(value).flatMap(([key, item]) => [...keysOf(item, `${path}.${key}`)]));
  }
  return new Set([`${path}: ${value === null ? 'null' : typeof value}`]);
}
