import { isoTime } from '../../../domain/isoTime';
import { csvFile, type CsvCell } from '../../../domain/csv';
import type { PastAlert } from '../../../domain/alerts/pastAlert';

const TITLES = [
  'name',
  'severity',
  'device_id',
  'began',
  'ended',
  'duration_seconds',
  'summary',
  'acknowledged_at',
  'acknowledged_by',
  'comment',
  'resolved_by',
  'known_from',
  'fingerprint',
  'labels',
];

function labelWords(labels: PastAlert['labels']): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(' ');
}

function cells(alert: PastAlert): CsvCell[] {
  const { startsAt, endsAt, acknowledgement, resolution } = alert;
  return [
    alert.name,
    alert.severity,
    alert.labels.device_id ?? '',
    // Nobody knows when it began: an invented time would be reckoned with.
    alert.beganBefore ? null : isoTime(startsAt),
    isoTime(endsAt),
    endsAt === null || alert.beganBefore ? null : Math.round((endsAt - startsAt) / 1000),
    alert.summary,
    isoTime(acknowledgement?.at),
    acknowledgement?.by ?? '',
    acknowledgement?.comment ?? '',
    resolution?.by ?? '',
    alert.origins.join(' '),
    alert.fingerprint,
    labelWords(alert.labels),
  ];
}

/** The alerts as a CSV file, one line each; times in ISO 8601, UTC. */
export function historyCsv(alerts: readonly PastAlert[]): string {
  return csvFile([TITLES, ...alerts.map(cells)]);
}
