import { family } from '../family.ts';

export const ACCESS_LOG_LINES = family({
  name: 'valtronics_access_log_lines_total',
  type: 'counter',
  help: 'Lines read from the access logs by format; other: no access line, too_long: left out.',
  labels: ['format'],
  owner: 'access_log',
  cardinality: '8',
});

export const ACCESS_LOG_BACKLOG = family({
  name: 'valtronics_access_log_backlog_bytes',
  type: 'gauge',
  help: 'Bytes of the access logs that wait to be read.',
  labels: [],
  owner: 'access_log',
  cardinality: '1',
});
