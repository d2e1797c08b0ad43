import type { AlertRow } from '../../domain/alerts/alert';
import { NO_LOG_FILTER, type LogFilter } from '../../domain/logs/logFilter';

const MINUTE = 60_000;
/** What led to an alert was written before it began. */
const BEFORE = 10 * MINUTE;

/** The lines that belong to an alert. Milliseconds since the epoch. */
export interface AlertLineQuery {
  readonly filter: LogFilter;
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to: number | undefined;
}

/**
 * The services whose lines tell of what rules watch, by the rules' label `service`. The exporter's own alerts are about
 * other things than lines.
 */
const SERVICES: Readonly<Record<string, string>> = {
  application: 'valtronics-api',
  database: 'postgres',
  mqtt: 'mosquitto',
  redis: 'redis',
};

function filterOf({ device_id: device, log_service: writer, pattern, service }: AlertRow['labels']) {
  if (writer !== undefined) return { ...NO_LOG_FILTER, services: [writer], pattern: pattern ?? '' };
  if (device !== undefined) return { ...NO_LOG_FILTER, device };
  const known = SERVICES[service ?? ''];
  return known === undefined ? undefined : { ...NO_LOG_FILTER, services: [known] };
}

/** Which lines belong to an alert: its pattern's, its device's, or its service's; undefined where it names none. */
export function alertLines({
  labels,
  startsAt,
  endsAt,
}: Pick<AlertRow, 'labels' | 'startsAt' | 'endsAt'>): AlertLineQuery | undefined {
  const filter = filterOf(labels);
  if (filter === undefined) return undefined;
  return { filter, from: startsAt - BEFORE, to: endsAt === null ? undefined : endsAt + MINUTE };
}
