import { family } from '../family.ts';

const SERVICES = 'services (at most 101)';

export const LOG_ENTRIES = family({
  name: 'valtronics_log_entries_total',
  type: 'counter',
  help: 'Log entries read or taken in, by service and level; services over the cap are other.',
  labels: ['service', 'level'],
  owner: 'exporter',
  cardinality: 'services (at most 101) × 6',
});

export const LOG_UNPARSED = family({
  name: 'valtronics_log_unparsed_total',
  type: 'counter',
  help: 'Log entries that no format could read; they are kept as they are.',
  labels: ['service'],
  owner: 'exporter',
  cardinality: SERVICES,
});

export const LOG_ERRORS = family({
  name: 'valtronics_log_errors_total',
  type: 'counter',
  help: 'Log entries of level ERROR or CRITICAL by class: connection_error, database_error, timeout_error, memory_error, file_error or other.',
  labels: ['class'],
  owner: 'exporter',
  cardinality: '6',
});

export const LOG_NEW_PATTERNS = family({
  name: 'valtronics_log_new_patterns_total',
  type: 'counter',
  help: 'Message patterns that were seen for the first time.',
  labels: ['service'],
  owner: 'exporter',
  cardinality: SERVICES,
});

export const LOG_TOP_ERROR_PATTERN = family({
  name: 'valtronics_log_top_error_pattern',
  type: 'gauge',
  help: 'Always 1: the pattern of errors of a service that rose most in the last 3 minutes over the hour before, its template cut at 200 characters; absent while it has none.',
  labels: ['service', 'pattern', 'template'],
  owner: 'exporter',
  cardinality: SERVICES,
});

export const LOG_SERVICE_HEALTH = family({
  name: 'valtronics_log_service_health_score',
  type: 'gauge',
  help: 'Percentage of the entries of the last 15 minutes that are no errors; absent while a service says nothing.',
  labels: ['service'],
  owner: 'exporter',
  cardinality: SERVICES,
});

export const LOG_SHIPPED = family({
  name: 'valtronics_log_shipped_total',
  type: 'counter',
  help: 'Log entries that the log store has, those that it had already included.',
  labels: [],
  owner: 'exporter',
  cardinality: '1',
});

export const LOG_SHIP_FAILURES = family({
  name: 'valtronics_log_ship_failures_total',
  type: 'counter',
  help: 'Attempts to ship that failed and are tried again, by reason.',
  labels: ['reason'],
  owner: 'exporter',
  cardinality: 'reasons (about 6)',
});

export const LOG_DROPPED = family({
  name: 'valtronics_log_dropped_total',
  type: 'counter',
  help: 'Log entries that were lost on the way, by reason.',
  labels: ['reason'],
  owner: 'exporter',
  cardinality: 'reasons (about 10)',
});

export const LOG_QUEUE_BYTES = family({
  name: 'valtronics_log_queue_bytes',
  type: 'gauge',
  help: 'Bytes on disk of the log entries that wait to be shipped.',
  labels: [],
  owner: 'exporter',
  cardinality: '1',
});

export const LOG_QUEUE_OLDEST = family({
  name: 'valtronics_log_queue_oldest_timestamp_seconds',
  type: 'gauge',
  help: 'When the oldest log entry that waits to be shipped was read; absent when none waits.',
  labels: [],
  owner: 'exporter',
  cardinality: '1',
});

export const LOG_DEAD_LETTERS = family({
  name: 'valtronics_log_dead_letters',
  type: 'gauge',
  help: 'Log entries that the log store refused for good; they can be retried by hand.',
  labels: [],
  owner: 'exporter',
  cardinality: '1',
});
