/** The statuses that have a sign of their own; `nodata` is a device of which the query returned no value. */
export type Status = 'online' | 'warning' | 'error' | 'offline' | 'maintenance' | 'unknown' | 'nodata';

/** All statuses, the most urgent first: the order of sorting, legend and headings. */
export const STATUSES: readonly Status[] = [
  'error',
  'offline',
  'warning',
  'unknown',
  'nodata',
  'maintenance',
  'online',
];

/** The exporter's codes of `valtronics_device_status`, by position. */
export const STATUS_OF_CODE: readonly Status[] = [
  'unknown',
  'online',
  'warning',
  'error',
  'offline',
  'maintenance',
];

/** The sign drawn for a status, so that colour is never the only one. */
export const GLYPH_OF_STATUS: Readonly<Record<Status, string>> = {
  online: '●',
  warning: '▲',
  error: '✕',
  offline: '○',
  maintenance: '◆',
  unknown: '?',
  nodata: '–',
};

const WORDS: Readonly<Record<Exclude<Status, 'nodata'>, readonly string[]>> = {
  online: [
    'online',
    'ok',
    'up',
    'healthy',
    'good',
    'running',
    'active',
    'normal',
    'ready',
    'connected',
    'true',
  ],
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
  offline: ['offline', 'down', 'silent', 'disconnected', 'stopped', 'inactive', 'unreachable', 'false'],
  maintenance: ['maintenance', 'paused', 'suspended', 'disabled', 'updating', 'service'],
  unknown: ['unknown', 'undefined', 'n/a', 'none', 'null'],
};

const STATUS_OF_WORD = new Map<string, Status>(
  STATUSES.flatMap((status) =>
    status === 'nodata' ? [] : WORDS[status].map((word): [string, Status] => [word, status]),
  ),
);

/** The status that a word such as `ok` or `Critical` stands for, in any case; undefined for any other text. */
export function statusOfWord(text: string): Status | undefined {
  return STATUS_OF_WORD.get(text.trim().toLowerCase());
}

const URGENCY: Readonly<Record<Status, number>> = {
  error: 0,
  offline: 1,
  warning: 2,
  unknown: 3,
  nodata: 4,
  maintenance: 5,
  online: 6,
};

/** 0 is the most urgent. */
export function urgencyOf(status: Status): number {
  return URGENCY[status];
}
