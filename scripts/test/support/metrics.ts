import { CATALOGUE } from '../../../exporter/src/metrics/catalogue/index.ts';
import type { Selector } from './promql.ts';

/** Metrics of other exporters, and of Prometheus' rules, that queries may ask for. */
const FOREIGN: ReadonlySet<string> = new Set([
  'up',
  'node_cpu_seconds_total',
  'node_memory_MemAvailable_bytes',
  'node_memory_MemTotal_bytes',
  'node_filesystem_avail_bytes',
  'node_filesystem_size_bytes',
  'node_filesystem_readonly',
  'alertmanager_notifications_failed_total',
  'alertmanager_notifications_total',
  'prometheus_notifications_errors_total',
  'prometheus_notifications_sent_total',
  'prometheus_rule_evaluation_failures_total',
  'ALERTS',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_series_added',
  'process_cpu_seconds_total',
  'process_max_fds',
  'process_open_fds',
  'process_resident_memory_bytes',
  'process_start_time_seconds',
  'nodejs_eventloop_lag_max_seconds',
  'nodejs_eventloop_lag_p50_seconds',
  'nodejs_eventloop_lag_p99_seconds',
  'nodejs_external_memory_bytes',
  'nodejs_gc_duration_seconds_sum',
  'nodejs_heap_size_used_bytes',
  'container_cpu_usage_seconds_total',
  'container_memory_working_set_bytes',
  'container_network_receive_bytes_total',
  'container_network_transmit_bytes_total',
  'container_start_time_seconds',
  'node_boot_time_seconds',
  'node_disk_io_time_seconds_total',
  'node_disk_read_bytes_total',
  'node_disk_read_time_seconds_total',
  'node_disk_reads_completed_total',
  'node_disk_write_time_seconds_total',
  'node_disk_writes_completed_total',
  'node_disk_written_bytes_total',
  'node_filesystem_files',
  'node_filesystem_files_free',
  'node_load5',
  'node_netstat_Tcp_RetransSegs',
  'node_network_receive_bytes_total',
  'node_network_receive_drop_total',
  'node_network_receive_errs_total',
  'node_network_transmit_bytes_total',
  'node_network_transmit_drop_total',
  'node_network_transmit_errs_total',
  'node_pressure_cpu_waiting_seconds_total',
  'node_pressure_io_waiting_seconds_total',
  'node_pressure_memory_waiting_seconds_total',
  'node_uname_info',
  'pg_database_size_bytes',
  'pg_stat_activity_count',
  'pg_stat_activity_max_tx_duration',
  'pg_stat_database_blks_hit',
  'pg_stat_database_blks_read',
  'pg_stat_database_deadlocks',
  'pg_stat_database_tup_deleted',
  'pg_stat_database_tup_fetched',
  'pg_stat_database_tup_inserted',
  'pg_stat_database_tup_returned',
  'pg_stat_database_tup_updated',
  'pg_stat_database_xact_commit',
  'pg_stat_database_xact_rollback',
  'redis_commands_processed_total',
  'redis_connected_clients',
  'redis_evicted_keys_total',
  'redis_expired_keys_total',
  'redis_keyspace_hits_total',
  'redis_keyspace_misses_total',
  'redis_memory_max_bytes',
  'redis_memory_used_bytes',
]);

/**
 * What is wrong with the selector, or undefined: a metric that is neither in the exporter's catalogue, nor
 * recorded, nor known of others; or a label that its family has not.
 */
export function complaint({ metric, labels }: Selector, recorded: ReadonlySet<string>): string | undefined {
  if (recorded.has(metric) || FOREIGN.has(metric)) return undefined;
  const family = CATALOGUE.find(({ name, type }) =>
    type === 'histogram' ? metric.replace(/_(?:bucket|sum|count)$/, '') === name : metric === name,
  );
  if (family === undefined) return `no metric ${metric}`;
  const known = [...family.labels, 'job', 'instance', ...(family.type === 'histogram' ? ['le'] : [])];
  const unknown = labels.filter((label) => !known.includes(label));
  return unknown.length === 0 ? undefined : `${metric} has no label ${unknown.join(', ')}`;
}
