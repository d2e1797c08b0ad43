import { z } from 'zod';
import type { OpenAlertsInput } from '../../platform-alerts/open-alerts.ts';
import type { AlertRowsInput } from '../../platform-alerts/alert-rows.ts';
import type { FleetInput } from '../../fleet/fleet.ts';
import type { Logger } from '../../log/logger.ts';
import { ROWS_UNUSABLE } from '../../metrics/catalogue/collection.ts';
import {
  API_ALERTS_LAST_DAY,
  API_DEVICES_UNLISTED,
  API_ENDPOINT_SUCCESS,
  API_UP,
} from '../../metrics/catalogue/platform.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { StateStore } from '../../state/state-store.ts';
import { groupOpenAlerts, type OpenAlertRow } from '../../platform-alerts/open-alert-groups.ts';
import { createStateSaver } from '../../state/state-saver.ts';
import { reconcileActive } from './active-alerts.ts';
import { type Databases, databasesSchema } from './databases.ts';
import { ENDPOINTS } from './endpoints.ts';
import { createHealthLog, healthSamples } from './health.ts';
import type { ApiParts, ApiResults } from './parts.ts';
import type { AlertRow } from './schemas.ts';

export interface ApiPublisherOptions {
  readonly target: string;
  readonly fleet: FleetInput;
  readonly alertRows: AlertRowsInput;
  /** Takes the platform's open alerts, when somebody wants them. */
  readonly openAlerts?: OpenAlertsInput | undefined;
  readonly metrics: Metrics;
  readonly state: StateStore;
  readonly logger: Logger;
}

/** Makes what the API said visible. Everything but `stop` is synchronous. */
export interface ApiPublisher {
  /** Reads how far an earlier run counted. Throws when the state cannot be read. */
  start(): void;
  publish(parts: ApiParts, results: ApiResults, now: number): void;
  /** Only what speaks about the API itself: for an attempt that has no data. */
  publishStatus(parts: ApiParts): void;
  /** The ping failed: the API is not healthy, and nothing is known of what is behind it. */
  unreachable(parts: ApiParts): void;
  /** How far the alert rows of each database behind the API were counted. */
  databases(): Databases;
  /** Takes away what is polled; what speaks about the API itself stays. */
  withdraw(): void;
  /** Takes everything away, for good; resolves when the state is on disk. */
  stop(): Promise<void>;
}

/** Name of the document in the state store. */
export const API_STATE = 'api';

const stateSchema = z.object({ target: z.string(), databases: databasesSchema });

/** Statuses of the summary that are shown; the platform has three. */
const STATUSES = 10;

/** Counts by status, the smallest ones above the cap summed up as `other`. */
function cappedStatuses(byStatus: Readonly<Record<string, number>>): { status: string; count: number }[] {
  const entries = Object.entries(byStatus)
    .map(([status, count]) => ({ status, count }))
    .sort((a, b) => b.count - a.count);
  if (entries.length <= STATUSES) return entries;
  const rest = entries.splice(STATUSES - 1).reduce((sum, { count }) => sum + count, 0);
  return [...entries, { status: 'other', count: rest }];
}

/** An active row with its device by name: `#7` when the list of devices does not have row 7. */
function openAlertRow(row: AlertRow, ids: ReadonlyMap<number, string>, now: number): OpenAlertRow {
  const number = row.device_id ?? undefined;
  const known = number === undefined ? '' : (ids.get(number) ?? `#${number}`);
  return {
    id: row.id,
    deviceId: known,
    alertType: row.alert_type,
    metricName: row.metric_name,
    severity: row.severity,
    title: row.title,
    description: row.description,
    raisedAt: row.created_at ?? now,
  };
}

/** Logs an endpoint's error when it changes and when it is over. */
function createEndpointLog(logger: Logger): (errors: ReadonlyMap<string, string | undefined>) => void {
  const before = new Map<string, string | undefined>();
  return (errors) => {
    for (const [endpoint, error] of errors) {
      const known = before.get(endpoint);
      before.set(endpoint, error);
      if (error !== undefined && error !== known)
        logger.warn({ endpoint, error }, 'an endpoint gives no usable data: the others count without it');
      if (error === undefined && known !== undefined) logger.info({ endpoint }, 'the endpoint works again');
    }
  };
}

type UnusableRow = 'device' | 'alert';

/** Counts rows that were left out, and logs their number whenever it differs from the list before. */
function createUnusableCount(metrics: Metrics, logger: Logger): (kind: UnusableRow, rows: number) => void {
  const cells = {
    device: metrics.counter(ROWS_UNUSABLE, { collector: 'api', reason: 'device' }),
    alert: metrics.counter(ROWS_UNUSABLE, { collector: 'api', reason: 'alert' }),
  };
  const before: Record<UnusableRow, number> = { device: 0, alert: 0 };
  return (kind, rows) => {
    cells[kind].inc(rows);
    if (rows > 0 && rows !== before[kind])
      logger.warn({ kind, rows }, 'rows of a list cannot be used and are left out: they have no usable id');
    before[kind] = rows;
  };
}

export function createApiPublisher(options: ApiPublisherOptions): ApiPublisher {
  const { fleet, alertRows, metrics, logger } = options;
  const saver = createStateSaver(options.state, API_STATE, logger);
  const countUnusable = createUnusableCount(metrics, logger);
  const logEndpoints = createEndpointLog(logger);
  const logHealth = createHealthLog(logger);
  let databases: Databases = [];
  let hasInventory = false;
  let hasActive = false;
  let pingWorks = true;
  let stopped = false;

  function publishDevices(parts: ApiParts, results: ApiResults, now: number): void {
    const list = parts.devices.current();
    const count = parts.deviceCount.current();
    if (results.devices.kind === 'value') {
      const { rows, unusable } = results.devices.value;
      fleet.applyInventory('api', rows, now);
      hasInventory = true;
      countUnusable('device', unusable);
      if (count !== undefined)
        metrics.publish(API_DEVICES_UNLISTED, [{ labels: {}, value: Math.max(0, count - rows.length) }]);
    } else if (list === undefined && hasInventory) {
      fleet.withdrawInventory('api');
      hasInventory = false;
    }
    if (list === undefined || count === undefined) metrics.withdraw(API_DEVICES_UNLISTED);
  }

  function publishRaised({ raised }: ApiResults): void {
    if (raised.kind !== 'value') return;
    const { groups, met, newest, cut, unusable } = raised.value;
    if (met === 'another')
      logger.warn(
        { before: databases[0]?.watermark.id, after: newest, databases: raised.value.databases.length },
        'the API answers from another database than before: its replicas have one each, or it was reset; the alert rows of each are counted from its newest one on',
      );
    if (cut) logger.warn({}, 'more alert rows were raised than one look pages through: they are not counted');
    countUnusable('alert', unusable);
    alertRows.raised('api', groups);
    if (JSON.stringify(databases) !== JSON.stringify(raised.value.databases))
      saver.save({ target: options.target, databases: raised.value.databases });
    ({ databases } = raised.value);
  }

  function publishActive(parts: ApiParts): void {
    const rows = parts.activeRows.current();
    const counts = parts.activeCounts.current();
    if (rows !== undefined || counts !== undefined) {
      alertRows.applyActive('api', reconcileActive(rows?.groups ?? [], counts));
      hasActive = true;
    } else if (hasActive) {
      alertRows.withdraw('api');
      hasActive = false;
    }
  }

  function publishOpen(parts: ApiParts, { activeRows }: ApiResults, now: number): void {
    const devices = parts.devices.current();
    // Without the list of devices the rows would be about others than a moment ago.
    if (activeRows.kind !== 'value' || options.openAlerts === undefined || devices === undefined) return;
    const rows = activeRows.value.rows.map((row) => openAlertRow(row, devices.ids, now));
    options.openAlerts.apply('api', groupOpenAlerts(rows), activeRows.value.complete);
  }

  function publishSummary(parts: ApiParts): void {
    const summary = parts.summary.current();
    if (summary === undefined) metrics.withdraw(API_ALERTS_LAST_DAY);
    else
      metrics.publish(
        API_ALERTS_LAST_DAY,
        cappedStatuses(summary).map(({ status, count }) => ({ labels: { status }, value: count })),
      );
  }

  function publishEndpoints(errors: ReadonlyMap<string, string | undefined>): void {
    const samples = [...errors].map(([endpoint, error]) => ({
      labels: { endpoint },
      value: error === undefined ? 1 : 0,
    }));
    const ping = { labels: { endpoint: ENDPOINTS.ping }, value: pingWorks ? 1 : 0 };
    metrics.publish(API_ENDPOINT_SUCCESS, [ping, ...samples]);
  }

  function publishStatus(parts: ApiParts): void {
    if (stopped) return;
    pingWorks = true;
    const health = parts.health.current();
    if (health === undefined) metrics.withdraw(API_UP);
    else {
      metrics.publish(API_UP, healthSamples(health));
      logHealth(health);
    }
    publishEndpoints(parts.errors());
  }

  function withdraw(): void {
    for (const family of [API_DEVICES_UNLISTED, API_ALERTS_LAST_DAY]) metrics.withdraw(family);
    fleet.withdrawInventory('api');
    alertRows.withdraw('api');
    hasInventory = false;
    hasActive = false;
  }

  return {
    start: () => {
      const kept = stateSchema.safeParse(options.state.read(API_STATE)).data;
      if (kept?.target === options.target) ({ databases } = kept);
    },
    publishStatus,
    publish: (parts, results, now) => {
      publishDevices(parts, results, now);
      publishRaised(results);
      publishActive(parts);
      publishOpen(parts, results, now);
      publishSummary(parts);
      publishStatus(parts);
      logEndpoints(parts.errors());
    },
    unreachable: (parts) => {
      if (stopped) return;
      metrics.publish(API_UP, [{ labels: { service: 'api' }, value: 0 }]);
      pingWorks = false;
      publishEndpoints(parts.errors());
    },
    databases: () => databases,
    withdraw,
    stop: async () => {
      stopped = true;
      withdraw();
      for (const family of [API_UP, API_ENDPOINT_SUCCESS]) metrics.withdraw(family);
      await saver.settled();
    },
  };
}
