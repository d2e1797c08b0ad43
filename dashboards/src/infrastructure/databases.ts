import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range } from '../shared/query.ts';
import { linesOnly, stacked, timeseries } from '../shared/timeseries.ts';

const NO_POSTGRES =
  'Needs postgres_exporter as a target of job postgres-exporter; provisioning/prometheus/README.md says how.';
const NO_REDIS = 'Needs redis_exporter as a target of job redis-exporter. Without Redis this stays empty.';

function connections(): Builder<Panel> {
  return timeseries({
    id: 41,
    title: 'Connections',
    description:
      'Client connections on the database server, those of them that are idle, and how many it allows, as the Valtronics exporter sees them. Used that nears max while idle grows: somebody does not give them back.',
    runbooks: ['DatabaseConnectionsHigh'],
    noValue: 'Needs PostgreSQL: set VALTRONICS_DATABASE_URL on the exporter.',
  })
    .withTarget(range('max by (state) (valtronics_database_connections)', '{{state}}'))
    .unit('short')
    .decimals(0)
    .min(0);
}

function activity(): Builder<Panel> {
  return stacked(
    timeseries({
      id: 42,
      title: 'What Connections Do',
      description:
        'Connections by state. “idle in transaction” for long holds locks and keeps tables from being cleaned; the longest transaction is beside it.',
      runbooks: ['DatabaseConnectionsHigh'],
      noValue: NO_POSTGRES,
    }),
  )
    .withTarget(range('sum by (state) (pg_stat_activity_count) > 0', '{{state}}', 'A'))
    .withTarget(range('max(pg_stat_activity_max_tx_duration)', 'longest transaction', 'B'))
    .unit('short')
    .decimals(0)
    .min(0)
    .overrideByName('longest transaction', [
      { id: 'unit', value: 's' },
      { id: 'custom.axisPlacement', value: 'right' },
      { id: 'custom.stacking', value: { mode: 'none' } },
      { id: 'custom.fillOpacity', value: 0 },
    ]);
}

function transactions(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 43,
      title: 'Transactions',
      description:
        'Transactions that were committed and rolled back a second, and deadlocks. Rollbacks that rise: the platform’s code fails, its log says where.',
      runbooks: ['HighErrorRate'],
      noValue: NO_POSTGRES,
    }),
  )
    .withTarget(range('sum(rate(pg_stat_database_xact_commit[$__rate_interval]))', 'committed', 'A'))
    .withTarget(range('sum(rate(pg_stat_database_xact_rollback[$__rate_interval]))', 'rolled back', 'B'))
    .withTarget(range('sum(rate(pg_stat_database_deadlocks[$__rate_interval]))', 'deadlocks', 'C'))
    .unit('suffix:/s')
    .min(0);
}

function cache(): Builder<Panel> {
  return timeseries({
    id: 44,
    title: 'Found in Memory',
    description:
      'Share of the blocks that PostgreSQL had in memory. Below some 95 % for long it reads from disk what it should keep: too little shared_buffers, or queries that read whole tables.',
    runbooks: ['HighResponseTime'],
    noValue: NO_POSTGRES,
  })
    .withTarget(
      range(
        `sum(rate(pg_stat_database_blks_hit[$__rate_interval]))
          / (sum(rate(pg_stat_database_blks_hit[$__rate_interval]))
            + sum(rate(pg_stat_database_blks_read[$__rate_interval])) > 0)`,
        'found in memory',
      ),
    )
    .unit('percentunit')
    .max(1);
}

function rows(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 45,
      title: 'Rows',
      description:
        'Rows that were read, and those of them that were asked for, inserted, updated and deleted, a second. Far more read than asked for: tables without the index that a query needs.',
      runbooks: ['HighResponseTime'],
      noValue: NO_POSTGRES,
    }),
  )
    .withTarget(range('sum(rate(pg_stat_database_tup_returned[$__rate_interval]))', 'read', 'A'))
    .withTarget(range('sum(rate(pg_stat_database_tup_fetched[$__rate_interval]))', 'asked for', 'B'))
    .withTarget(range('sum(rate(pg_stat_database_tup_inserted[$__rate_interval]))', 'inserted', 'C'))
    .withTarget(range('sum(rate(pg_stat_database_tup_updated[$__rate_interval]))', 'updated', 'D'))
    .withTarget(range('sum(rate(pg_stat_database_tup_deleted[$__rate_interval]))', 'deleted', 'E'))
    .unit('suffix:rows/s')
    .min(0);
}

function size(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 46,
      title: 'Size of the Databases',
      description:
        'Bytes of each database on disk. The telemetry makes it grow for ever unless somebody deletes old rows: compare with Free Disk Space.',
      runbooks: ['DiskSpaceLow'],
      noValue: NO_POSTGRES,
    }),
  )
    .withTarget(range('max by (datname) (pg_database_size_bytes{datname!~"template.*"})', '{{datname}}'))
    .unit('bytes')
    .min(0);
}

/** PostgreSQL, as its exporter and ours see it. */
export function postgresPanels(): readonly Builder<Panel>[] {
  return [connections(), activity(), transactions(), cache(), rows(), size()];
}

function redisMemory(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 51,
      title: 'Redis Memory',
      description:
        'Memory in use, and the limit where Redis has one. At the limit it throws keys out or refuses writes.',
      runbooks: ['RedisDown'],
      noValue: NO_REDIS,
    }),
  )
    .withTarget(range('max by (instance) (redis_memory_used_bytes)', 'used {{instance}}', 'A'))
    .withTarget(range('max by (instance) (redis_memory_max_bytes > 0)', 'limit {{instance}}', 'B'))
    .unit('bytes')
    .min(0);
}

function redisCommands(): Builder<Panel> {
  return timeseries({
    id: 52,
    title: 'Redis Commands',
    description:
      'Commands a second. None while the platform is used: it runs without its cache, and asks the database for everything.',
    runbooks: ['RedisDown'],
    noValue: NO_REDIS,
  })
    .withTarget(
      range('sum by (instance) (rate(redis_commands_processed_total[$__rate_interval]))', '{{instance}}'),
    )
    .unit('ops')
    .min(0);
}

function redisHits(): Builder<Panel> {
  return timeseries({
    id: 53,
    title: 'Redis Hits',
    description:
      'Share of the keys that were asked for and there. A fall after a restart is usual; for long it means keys that expire or are thrown out too early.',
    noValue: 'No key was asked for in this time, or there is no redis_exporter.',
  })
    .withTarget(
      range(
        `sum by (instance) (rate(redis_keyspace_hits_total[$__rate_interval]))
          / (sum by (instance) (rate(redis_keyspace_hits_total[$__rate_interval]))
            + sum by (instance) (rate(redis_keyspace_misses_total[$__rate_interval])) > 0)`,
        '{{instance}}',
      ),
    )
    .unit('percentunit')
    .min(0)
    .max(1);
}

function redisClients(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 54,
      title: 'Redis Clients and Lost Keys',
      description:
        'Client connections, and keys a second that expired or were thrown out for want of memory. Thrown out: the limit is too low for what is kept.',
      runbooks: ['RedisDown'],
      noValue: NO_REDIS,
    }),
  )
    .withTarget(range('sum(redis_connected_clients)', 'clients', 'A'))
    .withTarget(range('sum(rate(redis_expired_keys_total[$__rate_interval]))', 'expired', 'B'))
    .withTarget(range('sum(rate(redis_evicted_keys_total[$__rate_interval]))', 'thrown out', 'C'))
    .unit('short')
    .min(0);
}

/** Redis, as its exporter sees it. */
export function redisPanels(): readonly Builder<Panel>[] {
  return [redisMemory(), redisCommands(), redisHits(), redisClients()];
}
