import { z } from 'zod';
import type { AlertGroup } from '../../fleet/alert-rows.ts';
import { type AlertRow, ALERTS_TABLE, readActiveAlerts } from './alerts.ts';
import type { Query } from './connection.ts';
import { readConnections, type ServerConnections } from './connections.ts';
import { type DeviceKey, type DeviceTable, readDevices } from './devices.ts';
import { readIdentity } from './identity.ts';
import { type OpenAlerts, readOpenAlerts } from './open-alerts.ts';
import { ALONG_THE_KEY, ANY_PLAN, type NewRows, type NewRowsLimits, readNewRows } from './new-rows.ts';
import type { PostgresState } from './state.ts';
import { createTelemetryBatch, TELEMETRY_TABLE, type TelemetryBatch } from './telemetry.ts';

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
  /** Undefined when the rows were not due. */
  readonly devices: DeviceTable | undefined;
  readonly keys: Map<number, DeviceKey>;
  readonly telemetry: TelemetryBatch;
  readonly raised: readonly AlertRow[];
  /** Undefined when they were not due. */
  readonly activeAlerts: readonly AlertGroup[] | undefined;
  /** How long counting the active alerts took, milliseconds; 0 when they were not due. */
  readonly activeAlertsTook: number;
  /** Undefined when nobody wants them or they were not due. */
  readonly openAlerts: OpenAlerts | undefined;
  readonly openAlertsTook: number;
  readonly state: PostgresState;
  readonly stateChanged: boolean;
  readonly notices: readonly Notice[];
}

export interface SnapshotReaderOptions {
  readonly devicesInterval: number;
  readonly activeAlertsInterval: number;
  /** Milliseconds between two readings of the open alerts; undefined when nobody wants them. */
  readonly openAlertsInterval: number | undefined;
  readonly limits: Partial<Omit<NewRowsLimits, 'until'>>;
  readonly normaliseUnit: (unit: string) => string;
  readonly state: PostgresState | undefined;
}

/** Reads snapshots and remembers, of those that were accepted, how far it got and when what is due. */
export interface SnapshotReader {
  read(query: Query, now: number, deadline: number): Promise<Snapshot>;
  accept(snapshot: Snapshot): void;
  /** The next snapshot brings everything. */
  forgetSchedule(): void;
}

const LIMITS: Omit<NewRowsLimits, 'until'> = {
  page: 2_000,
  rows: 100_000,
  gapLifetime: 300_000,
  gaps: 2_000,
  lookBack: 1_000,
};

/** Counting the active alerts may fill one part in this many of the time, however large their table grows. */
const ALERTS_RELIEF = 20;

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
  const limits = { ...LIMITS, ...options.limits };
  let { state } = options;
  let keys = new Map<number, DeviceKey>();
  let devicesDue = 0;
  let activeAlertsDue = 0;
  let openAlertsDue = 0;

  /** The kept positions, or none when they belong to another database. */
  function known(identity: string, notices: Notice[]): PostgresState | undefined {
    if (state === undefined || state.identity === identity) return state;
    notices.push({
      fields: { before: state.identity, after: identity },
      message: 'another database than before: reading starts at its newest rows',
    });
    return undefined;
  }

  async function read(query: Query, now: number, deadline: number): Promise<Snapshot> {
    const notices: Notice[] = [];
    const bounds: NewRowsLimits = { ...limits, until: Date.now() + (deadline - Date.now()) / 2 };
    const connections = await readConnections(query);
    const identity = await readIdentity(query);
    const before = known(identity, notices);
    const devices = now >= devicesDue ? await readDevices(query) : undefined;
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
    const begun = performance.now();
    const activeAlerts = now >= activeAlertsDue ? await readActiveAlerts(query) : undefined;
    const activeAlertsTook = activeAlerts === undefined ? 0 : performance.now() - begun;
    const openBegun = performance.now();
    const openAlerts =
      options.openAlertsInterval !== undefined && now >= openAlertsDue
        ? await readOpenAlerts(query, now)
        : undefined;
    const next: PostgresState = { identity, telemetry: telemetry.position, alerts: alerts.position };
    return {
      at: now,
      connections,
      devices,
      keys: deviceKeys,
      telemetry: batch,
      raised,
      activeAlerts,
      activeAlertsTook,
      openAlerts,
      openAlertsTook: performance.now() - openBegun,
      state: next,
      stateChanged: JSON.stringify(next) !== JSON.stringify(state),
      notices,
    };
  }

  return {
    read,
    accept: (snapshot) => {
      ({ state, keys } = snapshot);
      if (snapshot.devices !== undefined) devicesDue = snapshot.at + options.devicesInterval;
      if (snapshot.activeAlerts !== undefined)
        activeAlertsDue =
          snapshot.at + Math.max(options.activeAlertsInterval, snapshot.activeAlertsTook * ALERTS_RELIEF);
      if (snapshot.openAlerts !== undefined)
        openAlertsDue =
          snapshot.at + Math.max(options.openAlertsInterval ?? 0, snapshot.openAlertsTook * ALERTS_RELIEF);
    },
    forgetSchedule: () => {
      devicesDue = 0;
      activeAlertsDue = 0;
      openAlertsDue = 0;
    },
  };
}
