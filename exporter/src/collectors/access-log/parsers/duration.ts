import type { JsonObject } from './json.ts';

/** Keys of a duration with the seconds that one of its unit is; the name decides, as nothing else can. */
const DURATIONS: readonly (readonly [string, number])[] = [
  ['request_time', 1],
  ['duration_seconds', 1],
  ['request_duration_seconds', 1],
  ['duration_s', 1],
  ['duration_ms', 1e-3],
  ['durationMs', 1e-3],
  ['request_time_ms', 1e-3],
  ['response_time_ms', 1e-3],
  ['responseTime', 1e-3],
  ['latency_ms', 1e-3],
  ['elapsed_ms', 1e-3],
  ['duration_us', 1e-6],
  ['duration_ns', 1e-9],
  // traefik counts nanoseconds, caddy seconds: they differ by the capital.
  ['Duration', 1e-9],
  ['duration', 1],
  ['latency', 1],
  ['upstream_response_time', 1],
];

const GO_UNITS: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ns: 1e-9,
};
const GO_DURATION = /^(?:\d{1,12}(?:\.\d{1,12})?(?:ns|us|µs|μs|ms|s|m|h)){1,4}$/;
const GO_PART = /(\d{1,12}(?:\.\d{1,12})?)(ns|us|µs|μs|ms|s|m|h)/g;

/** Seconds of a duration as Go prints it (`1m2.5s`, `850µs`), or null. */
function parseGoDuration(text: string): number | null {
  if (!GO_DURATION.test(text)) return null;
  let seconds = 0;
  for (const [, number, unit] of text.matchAll(GO_PART))
    seconds += Number(number) * (GO_UNITS[unit ?? ''] ?? 0);
  return seconds;
}

function secondsOf(value: unknown, unit: number): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value * unit : null;
  if (typeof value !== 'string' || value === '') return null;
  const number = Number(value);
  if (Number.isNaN(number)) return parseGoDuration(value);
  return Number.isFinite(number) && number >= 0 ? number * unit : null;
}

/** The duration of a JSON access line in seconds, by the name of its key, or null. */
export function parseDuration(object: JsonObject): number | null {
  for (const [key, unit] of DURATIONS) {
    const seconds = secondsOf(object[key], unit);
    if (seconds !== null) return seconds;
  }
  return null;
}
