import { escapeIdentifier } from 'pg';
import { type Clock, systemClock } from '../../base/clock.ts';
import type { OpenAlertsInput } from '../../platform-alerts/open-alerts.ts';
import { type AlertRowsInput, groupAlerts } from '../../platform-alerts/alert-rows.ts';
import type { FleetInput } from '../../fleet/fleet.ts';
import type { Logger } from '../../log/logger.ts';
import { ROWS_UNUSABLE } from '../../metrics/catalogue/collection.ts';
import { DATABASE_CONNECTIONS } from '../../metrics/catalogue/platform.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { StateStore } from '../../state/state-store.ts';
import { NO_TRACER, type Tracer } from '../../trace/tracer.ts';
import type { CollectContext, Collector, Commit } from '../collector.ts';
import { createStateSaver } from '../../state/state-saver.ts';
import type { CertificateExpiry } from '../tls-expiry.ts';
import { parsePostgresUrl } from '../../base/postgres-address.ts';
import { createPostgresConnection } from './connection.ts';
import { connectionSamples } from './connections.ts';
import type { NewRowsLimits } from './new-rows.ts';
import { createSnapshotReader, parsePostgresState, POSTGRES_STATE, type Snapshot } from './snapshot.ts';

export interface PostgresCollectorOptions {
  /** `postgres://user:password@host:5432/database`, with libpq's `sslmode` and `sslrootcert`. */
  readonly url: string;
  readonly fleet: FleetInput;
  readonly alertRows: AlertRowsInput;
  /** Takes the platform's open alerts; without it they are not read. */
  readonly openAlerts?: OpenAlertsInput | undefined;
  readonly metrics: Metrics;
  readonly state: StateStore;
  readonly logger: Logger;
  /** One spelling for units that mean the same. */
  readonly normaliseUnit: (unit: string) => string;
  readonly certificateExpiry?: CertificateExpiry;
  /** Milliseconds between two readings of the device rows; 60,000 by default. */
  readonly devicesInterval?: number;
  /** Milliseconds between two countings of the active alerts, which read the whole alert table; 5,000 by default. */
  readonly activeAlertsInterval?: number;
  /** Milliseconds between two readings of the open alerts, which read the whole alert table; 15,000 by default. */
  readonly openAlertsInterval?: number;
  /** How long the last counts of the alerts stay while counting them fails, milliseconds; 120,000 by default. */
  readonly keepFor?: number;
  readonly limits?: Partial<Omit<NewRowsLimits, 'hasTime'>>;
  /** The system's by default. */
  readonly clock?: Clock;
  readonly tracer?: Tracer;
}

/**
 * Reads the platform's PostgreSQL: connections, device rows, active and raised alerts, new telemetry. An
 * attempt is one read-only transaction and is applied whole or not at all; watermarks move with the commit
 * and are written to the state store behind it, so that a killed exporter counts again rather than never.
 * Only the counts of active and open alerts, which read a whole table, may fail alone: the log says so, and
 * their last values stay for `keepFor`.
 *
 * @throws Error when the URL cannot be read
 */
export function createPostgresCollector(options: PostgresCollectorOptions): Collector {
  const { fleet, alertRows, metrics, clock = systemClock, tracer = NO_TRACER } = options;
  const address = parsePostgresUrl(options.url);
  const logger = options.logger.child({ collector: 'postgres' });
  const connection = createPostgresConnection(address, options.certificateExpiry, tracer);
  const saver = createStateSaver(options.state, POSTGRES_STATE, logger);
  const reader = createSnapshotReader({
    devicesInterval: options.devicesInterval ?? 60_000,
    activeAlertsInterval: options.activeAlertsInterval ?? 5_000,
    openAlertsInterval: options.openAlerts === undefined ? undefined : (options.openAlertsInterval ?? 15_000),
    keepFor: options.keepFor ?? 120_000,
    clock,
    limits: options.limits ?? {},
    normaliseUnit: options.normaliseUnit,
  });
  const notFinite = metrics.counter(ROWS_UNUSABLE, { collector: 'postgres', reason: 'not_finite' });
  let idleHidden = false;
  let hasActive = false;
  let saidErrors: ReadonlyMap<string, string | undefined> = new Map();

  function sayErrors(): void {
    const errors = reader.errors();
    for (const [part, error] of errors) {
      const before = saidErrors.get(part);
      if (error !== undefined && error !== before)
        logger.warn({ part, error }, 'a part of the database cannot be read: the rest counts without it');
      if (error === undefined && before !== undefined) logger.info({ part }, 'the part is read again');
    }
    saidErrors = errors;
  }

  function applyActive(result: Snapshot['activeAlerts']): void {
    if (result.kind === 'value') {
      alertRows.applyActive('postgres', result.value);
      hasActive = true;
    } else if (hasActive && reader.activeAlerts() === undefined) {
      alertRows.withdraw('postgres');
      hasActive = false;
    }
  }

  function say(snapshot: Snapshot): void {
    for (const notice of snapshot.notices) logger.warn(notice.fields, notice.message);
    const hidden = snapshot.connections.idle === undefined;
    if (hidden && !idleHidden)
      logger.warn(
        { hint: `GRANT pg_read_all_stats TO ${escapeIdentifier(address.user)}` },
        'idle connections are unknown: the role may not see the state of other sessions',
      );
    idleHidden = hidden;
  }

  function apply(snapshot: Snapshot): void {
    reader.accept(snapshot);
    say(snapshot);
    sayErrors();
    metrics.publish(DATABASE_CONNECTIONS, connectionSamples(snapshot.connections));
    if (snapshot.devices !== undefined) fleet.applyInventory('postgres', snapshot.devices.rows, snapshot.at);
    snapshot.telemetry.apply(fleet);
    notFinite.inc(snapshot.telemetry.notFinite);
    alertRows.raised('postgres', groupAlerts(snapshot.raised));
    applyActive(snapshot.activeAlerts);
    if (snapshot.openAlerts.kind === 'value') {
      const { groups, complete } = snapshot.openAlerts.value;
      options.openAlerts?.apply('postgres', groups, complete);
    }
    if (snapshot.stateChanged) saver.save(snapshot.state);
  }

  function withdraw(): void {
    metrics.withdraw(DATABASE_CONNECTIONS);
    fleet.withdrawInventory('postgres');
    alertRows.withdraw('postgres');
    hasActive = false;
    reader.forgetSchedule();
  }

  return {
    name: 'postgres',
    target: address.target,
    start: () => {
      reader.resume(parsePostgresState(options.state.read(POSTGRES_STATE)));
      return Promise.resolve();
    },
    collect: async (context: CollectContext): Promise<Commit> => {
      const snapshot = await connection.transaction(context, reader.read);
      return () => apply(snapshot);
    },
    withdraw,
    stop: async () => {
      await connection.close();
      withdraw();
      options.certificateExpiry?.forget(address.target);
      await saver.settled();
    },
  };
}
