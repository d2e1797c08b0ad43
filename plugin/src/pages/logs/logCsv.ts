import { csvFile, type CsvCell } from '../../domain/csv';
import type { LogEntry } from '../../domain/logs/logEntry';

const TITLES = [
  ...['timestamp', 'level', 'service', 'category', 'message', 'device_id', 'trace_id', 'correlation_id'],
  ...['pattern', 'file', 'id'],
];

function cells(line: LogEntry): CsvCell[] {
  const { timestamp, level, service, category, message, deviceId, traceId, correlationId } = line;
  const { pattern, file, id } = line;
  return [
    ...[new Date(timestamp).toISOString(), level, service, category, message, deviceId, traceId],
    ...[correlationId, pattern, file, id],
  ];
}

/** The lines as a CSV file, one line each; times in ISO 8601, UTC. */
export function logCsv(lines: readonly LogEntry[]): string {
  return csvFile([TITLES, ...lines.map(cells)]);
}
