import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { AlertGroup } from '../../platform-alerts/alert-rows.ts';
import { createPart, NoTimeLeft, type Part, type PartResult } from '../part.ts';
import { type AlertRow, ALERTS_TABLE, type OpenAlerts, readActiveAlerts, readOpenAlerts } from './alerts.ts';
import type { Query, Transaction } from './connection.ts';
import { readConnections, type ServerConnections } from './connections.ts';
import { createDeviceReader, type DeviceKey, type DeviceTable } from './devices.ts';
import {
  ALONG_THE_KEY,
  ANY_PLAN,
  type NewRows,
  type NewRowsLimits,
  readNewRows,
  type TablePosition,
  tablePositionSchema,
} from './new-rows.ts';
import { createTelemetryBatch, TELEMETRY_TABLE, type TelemetryBatch } from './telemetry.ts';

/** Name of the document in the state store. */
export const POSTGRES_STATE = 'postgres';

const stateSchema = z.object({
  identity: z.string(),
  telemetry: tablePositionSchema,
  alerts: tablePositionSchema,
});

/** What the collector keeps over a restart: how far it has read which database. */
export interface PostgresState {
  readonly identity: string;
  readonly telemetry: TablePosition;
  readonly alerts: TablePosition;
}

/** The kept document, or undefined when there is none or it cannot be used. */
export function parsePostgresState(document: unknown): PostgresState | undefined {
  return stateSchema.safeParse(document).data;
}

/** Something an operator should know, to be logged when the snapshot is accepted. */
interface Notice {
  readonly fields: object;
  readonly message: string;
}

/** All that one attempt read, not applied yet. */
export interface Snapshot {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly connections: ServerConnections;
  /** Undefined when the rows were not due, or there are more than one attempt could read. */
  readonly devices: DeviceTable | undefined;
  readonly keys: Map<number, DeviceKey>;
  readonly telemetry: TelemetryBatch;
  readonly raised: readonly AlertRow[];
  readonly activeAlerts: PartResult<readonly AlertGroup[]>;
  readonly openAlerts: PartResult<OpenAlerts>;
  readonly state: PostgresState;
  readonly stateChanged: boolean;
  readonly notices: readonly Notice[];
}

export interface SnapshotReaderOptions {
  readonly devicesInterval: number;
  readonly activeAlertsInterval: number;
  /** Milliseconds between two readings of the open alerts; undefined when nobody wants them. */
  readonly openAlertsInterval: number | undefined;
  /** How long the last counts stay while counting fails, milliseconds. */
  readonly keepFor: number;
  readonly limits: Partial<Omit<NewRowsLimits, 'hasTime'>>;
  readonly normaliseUnit: (unit: string) => string;
  readonly clock: Clock;
}

/** Reads snapshots and remembers, of those that were accepted, how far it got and when what is due. */
export interface SnapshotReader {
  /** Goes on where an earlier run ended. */
  resume(state: PostgresState | undefined): void;
  read(transaction: Transaction): Promise<Snapshot>;
  accept(snapshot: Snapshot): void;
  /** The counts of the active alerts, unless they have been failing for too long. */
  activeAlerts(): readonly AlertGroup[] | undefined;
  /** The error of each part that may fail alone; undefined where it works. */
  errors(): ReadonlyMap<string, string | undefined>;
  /** The next snapshot brings everything. */
  forgetSchedule(): void;
}

const LIMITS: Omit<NewRowsLimits, 'hasTime'> = {
  page: 2_000,
  rows: 100_000,
  gapLifetime: 300_000,
  gaps: 2_000,
  lookBack: 1_000,
};

/** Counting the alerts may fill one part in this many of the time, however large their table grows. */
const ALERTS_RELIEF = 20;
/** Less than this is not worth a count, milliseconds. */
const LEAST = 100;
/** What the devices, and after them the new rows, leave of an attempt's time. */
const AFTER_DEVICES = 0.7;
const AFTER_NEW_ROWS = 0.5;

const tablesRow = z.object({ tables: z.string(), allowed: z.boolean() });
const systemRow = z.object({ system: z.string() });

const TABLES = `
  select concat_ws('/', (select oid from pg_database where datname = current_database()),
                   'telemetry_data'::regclass::oid, 'alerts'::regclass::oid) as tables,
         has_function_privilege('pg_control_system()', 'execute') as allowed`;

const SYSTEM = 'select system_identifier::text as system from pg_control_system()';

/**
 * Names the cluster and the tables behind the connection, so that a kept watermark is never applied to
 * another database, a restored one included: its ids mean other rows.
 */
async function readIdentity(query: Query): Promise<string> {
  const [row] = await query(tablesRow, TABLES);
  if (row === undefined) throw new Error('the catalogue gave no row');
  const [system] = row.allowed ? await query(systemRow, SYSTEM) : [];
  return `${system?.system ?? 'unknown'}/${row.tables}`;
}

function resetNotice(table: string, before: number, { resetTo }: NewRows): Notice[] {
  if (resetTo === undefined) return [];
  return [
    {
      fields: { table, before, after: resetTo },
      message:
        'the highest id fell: the table was reset or its newest rows were deleted; reading goes on from there',
    },
  ];
}

export function createSnapshotReader(options: SnapshotReaderOptions): SnapshotReader {
  const { clock, keepFor } = options;
  const limits = { ...LIMITS, ...options.limits };
  const deviceReader = createDeviceReader();
  let state: PostgresState | undefined;
  let keys = new Map<number, DeviceKey>();
  let devicesDue = -Infinity;

  /** A count over the whole alert table, in `share` of the time that is left: the one that is slow fails alone. */
  const count = <T>(
    interval: number,
    share: number,
    read: (transaction: Transaction) => Promise<T>,
  ): Part<Transaction, T> =>
    createPart({
      ...{ interval, keepFor, clock, relief: ALERTS_RELIEF },
      read: async (transaction: Transaction) => {
        const time = transaction.left() * share;
        if (time < LEAST) throw new NoTimeLeft();
        return transaction.alone(time, () => read(transaction));
      },
    });
  const activeAlerts = count(options.activeAlertsInterval, 0.5, ({ query }) => readActiveAlerts(query));
  const openAlerts = count(options.openAlertsInterval ?? 0, 0.9, ({ query }) =>
    readOpenAlerts(query, clock.wall()),
  );

  /** The kept positions, or none when they belong to another database. */
  function known(identity: string, notices: Notice[]): PostgresState | undefined {
    if (state === undefined || state.identity === identity) return state;
    deviceReader.restart();
    notices.push({
      fields: { before: state.identity, after: identity },
      message: 'another database than before: reading starts at its newest rows',
    });
    return undefined;
  }

  async function read(transaction: Transaction): Promise<Snapshot> {
    const { query } = transaction;
    const now = clock.wall();
    const notices: Notice[] = [];
    const whole = transaction.left();
    const leaves = (part: number) => (): boolean => transaction.left() > whole * part;
    const bounds: NewRowsLimits = { ...limits, hasTime: leaves(AFTER_NEW_ROWS) };
    const connections = await readConnections(query);
    const identity = await readIdentity(query);
    const before = known(identity, notices);
    const devices =
      clock.monotonic() >= devicesDue ? await deviceReader.read(query, leaves(AFTER_DEVICES)) : undefined;
    // Keys that are asked for later go into the kept map: true whatever becomes of this attempt.
    const deviceKeys = devices === undefined ? keys : new Map(devices.keys);
    const batch = createTelemetryBatch(query, deviceKeys, options.normaliseUnit, now);
    await query(z.unknown(), ALONG_THE_KEY);
    const telemetry = await readNewRows(query, TELEMETRY_TABLE, before?.telemetry, now, bounds, batch.add);
    const raised: AlertRow[] = [];
    const alerts = await readNewRows(query, ALERTS_TABLE, before?.alerts, now, bounds, (rows) => {
      raised.push(...rows);
      return Promise.resolve();
    });
    await query(z.unknown(), ANY_PLAN);
    if (before !== undefined)
      notices.push(
        ...resetNotice('telemetry_data', before.telemetry.watermark.id, telemetry),
        ...resetNotice('alerts', before.alerts.watermark.id, alerts),
      );
    const next: PostgresState = { identity, telemetry: telemetry.position, alerts: alerts.position };
    return {
      at: now,
      connections,
      devices,
      keys: deviceKeys,
      telemetry: batch,
      raised,
      activeAlerts: await activeAlerts.read(transaction),
      openAlerts:
        options.openAlertsInterval === undefined
          ? { kind: 'not asked', reason: 'cached' }
          : await openAlerts.read(transaction),
      state: next,
      stateChanged: JSON.stringify(next) !== JSON.stringify(state),
      notices,
    };
  }

  return {
    resume: (kept) => {
      state = kept;
    },
    read,
    accept: (snapshot) => {
      ({ state, keys } = snapshot);
      if (snapshot.devices !== undefined) devicesDue = clock.monotonic() + options.devicesInterval;
      activeAlerts.accept(snapshot.activeAlerts);
      openAlerts.accept(snapshot.openAlerts);
    },
    activeAlerts: activeAlerts.current,
    errors: () =>
      new Map([
        ['active alerts', activeAlerts.error],
        ['open alerts', openAlerts.error],
      ]),
    forgetSchedule: () => {
      devicesDue = -Infinity;
      deviceReader.restart();
      activeAlerts.expire();
      openAlerts.expire();
    },
  };
}
