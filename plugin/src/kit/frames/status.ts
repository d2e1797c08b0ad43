import type { DeviceStatus } from '../../domain/fleet/deviceStatus';

/**
 * The statuses that have a sign of their own: those of a device, `neutral` for a value of which nobody has said whether
 * it is good or bad, `nodata` for a device of which the query returned no value.
 */
export type Status = DeviceStatus | 'nodata' | 'neutral';

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

/** Every word that is known, in lower case; the documentation lists them. Any other is unknown. */
const WORDS: Readonly<Record<DeviceStatus, readonly string[]>> = {
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

/**
 * The status that a word of anybody's data, such as `ok` or `Critical`, stands for, in any case; undefined for any other
 * text. The app's own data knows the exporter's words alone (`statusOfWord` of domain/fleet).
 */
export function statusOfForeignWord(text: string): Status | undefined {
  return STATUS_OF_WORD.get(text.trim().toLowerCase());
}
