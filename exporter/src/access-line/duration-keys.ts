import { secondsOf } from './duration.ts';

/** What people call the time that a request took. */
const NAMES = [
  'duration',
  'request_duration',
  'response_duration',
  'request_time',
  'response_time',
  'processing_time',
  'latency',
  'elapsed',
  'elapsed_time',
  'time_taken',
  'took',
];
/** Ends of names that say the unit, with the seconds that one of it is. */
const UNITS: readonly (readonly [number, readonly string[]])[] = [
  [1, ['s', 'sec', 'secs', 'seconds']],
  [1e-3, ['ms', 'msec', 'millis', 'milliseconds']],
  [1e-6, ['us', 'usec', 'micros', 'microseconds']],
  [1e-9, ['ns', 'nsec', 'nanos', 'nanoseconds']],
];
/** Names whose unit is known by the one program that writes them. */
const KNOWN: readonly (readonly [string, number])[] = [
  ['request_time', 1], // nginx
  ['responseTime', 1e-3], // pino
];
/** The time of the servers behind the proxy: used where the request's own is missing. */
const UPSTREAM = 'upstream_response_time';

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase());
}

/** Keys with the seconds that one of their unit is; null for a name that says none. */
const UNIT_BY_KEY: ReadonlyMap<string, number | null> = new Map<string, number | null>([
  ...NAMES.flatMap((name) => [name, camelCase(name)].map((key): [string, null] => [key, null])),
  ...UNITS.flatMap(([unit, ends]) =>
    NAMES.flatMap((name) => ends.map((end) => `${name}_${end}`)).flatMap((key): [string, number][] => [
      [key, unit],
      [camelCase(key), unit],
    ]),
  ),
  ...KNOWN,
]);

/**
 * The duration of a request in seconds by the name of its key, as docs/access-logs.md lists them: a unit that neither the
 * name nor the value (`"12ms"`) says is not guessed. Null without one.
 */
export function durationByKey(object: Readonly<Record<string, unknown>>): number | null {
  for (const key of Object.keys(object)) {
    const unit = UNIT_BY_KEY.get(key);
    const seconds = unit === undefined ? null : secondsOf(object[key], unit);
    if (seconds !== null) return seconds;
  }
  return secondsOf(object[UPSTREAM], 1);
}
