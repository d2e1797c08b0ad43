import { family } from '../family.ts';

export const COLLECTOR_SUCCESS = family({
  name: 'valtronics_collector_success',
  type: 'gauge',
  help: '1 when the last attempt of the collector succeeded, else 0.',
  labels: ['collector'],
  owner: 'exporter',
  cardinality: 'configured collectors (at most 6)',
});

export const COLLECTOR_DURATION = family({
  name: 'valtronics_collector_duration_seconds',
  type: 'gauge',
  help: 'Duration of the last attempt of the collector.',
  labels: ['collector'],
  owner: 'exporter',
  cardinality: 'configured collectors (at most 6)',
});

export const COLLECTOR_LAST_SUCCESS = family({
  name: 'valtronics_collector_last_success_timestamp_seconds',
  type: 'gauge',
  help: 'When the collector last succeeded.',
  labels: ['collector'],
  owner: 'exporter',
  cardinality: 'collectors that succeeded once (at most 6)',
});

export const COLLECTOR_CIRCUIT_OPEN = family({
  name: 'valtronics_collector_circuit_open',
  type: 'gauge',
  help: '1 while the collector is paused after repeated failures, else 0.',
  labels: ['collector'],
  owner: 'exporter',
  cardinality: 'configured collectors (at most 6)',
});

export const BUILD_INFO = family({
  name: 'valtronics_exporter_build_info',
  type: 'gauge',
  help: 'Version of the exporter and of its runtime; always 1.',
  labels: ['version', 'revision', 'node_version'],
  owner: 'exporter',
  cardinality: '1',
});

export const CONFIG_RELOAD_SUCCESS = family({
  name: 'valtronics_exporter_config_last_reload_successful',
  type: 'gauge',
  help: '1 when the last reload of the configuration succeeded, else 0.',
  labels: [],
  owner: 'exporter',
  cardinality: '1',
});

export const SERIES_DROPPED = family({
  name: 'valtronics_series_dropped_total',
  type: 'counter',
  help: 'Series left out or folded into other because a cap was reached, and label values that were cut, by reason.',
  labels: ['reason'],
  owner: 'exporter',
  cardinality: 'reasons (about 10)',
});

export const ROWS_UNUSABLE = family({
  name: 'valtronics_rows_unusable_total',
  type: 'counter',
  help: 'Rows that a source delivered and that could not be used as a whole, by reason.',
  labels: ['collector', 'reason'],
  owner: 'exporter',
  cardinality: 'collectors × reasons (about 4)',
});
