/**
 * The statuses that have a sign of their own. `neutral` is a value of which nobody has said whether it is good or
 * bad; `nodata` a device of which the query returned no value.
 */
export type Status =
  'online' | 'warning' | 'error' | 'offline' | 'maintenance' | 'unknown' | 'nodata' | 'neutral';

/** All statuses, the most urgent first: the order of sorting, legend and headings. */
export const STATUSES: readonly Status[] = [
  'error',
  'offline',
  'warning',
  'unknown',
  'nodata',
  'neutral',
  'maintenance',
  'online',
];

const URGENCY = new Map(STATUSES.map((status, index) => [status, index]));

/** 0 is the most urgent. */
export function urgencyOf(status: Status): number {
  return URGENCY.get(status) ?? STATUSES.length;
}

/** The exporter's codes of `valtronics_device_status`, by position. */
const STATUS_OF_CODE: readonly Status[] = ['unknown', 'online', 'warning', 'error', 'offline', 'maintenance'];

/** The status of a code; a number that is none is unknown. */
export function statusOfCode(code: number): Status {
  return STATUS_OF_CODE[code] ?? 'unknown';
}

/** Every word that is known, in lower case; the documentation lists them. Any other is unknown. */
const WORDS: Readonly<Record<Exclude<Status, 'nodata' | 'neutral'>, readonly string[]>> = {
  online: ['online', 'ok', 'up', 'healthy', 'good', 'running', 'active', 'normal', 'ready', 'connected'],
  warning: ['warning', 'warn', 'degraded', 'minor', 'pending', 'unstable'],
  error: [
    'error',
    'err',
    'critical',
    'crit',
    'failed',
    'failure',
    'fault',
    'alarm',
    'bad',
    'unhealthy',
    'major',
  ],
  offline: ['offline', 'down', 'silent', 'disconnected', 'stopped', 'inactive', 'unreachable'],
  maintenance: ['maintenance', 'paused', 'suspended', 'disabled', 'updating', 'service'],
  unknown: ['unknown', 'undefined', 'n/a', 'none', 'null'],
};

const STATUS_OF_WORD = new Map<string, Status>(
  STATUSES.flatMap((status) =>
    status === 'nodata' || status === 'neutral'
      ? []
      : WORDS[status].map((word): [string, Status] => [word, status]),
  ),
);

/** The status that a word such as `ok` or `Critical` stands for, in any case; undefined for any other text. */
export function statusOfWord(text: string): Status | undefined {
  return STATUS_OF_WORD.get(text.trim().toLowerCase());
}
