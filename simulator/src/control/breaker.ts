import type { Database } from '../database/database.ts';
import type { Breakage } from '../model/condition.ts';
import type { FleetModel } from '../model/fleet-model.ts';
import type { FleetRunner } from '../fleet-runner.ts';
import type { Broker } from '../mqtt/broker.ts';
import type { Platform } from '../platform/platform.ts';
import type { DeviceRow, TelemetryRow } from '../platform/rows.ts';
import { type Fault, FAULT_MEANING, type Faults } from './faults.ts';

/** What an order did. */
export interface Outcome {
  /** Ids of the devices that were broken or mended. */
  readonly devices: readonly string[];
  readonly parts: readonly Fault[];
}

/** Breaks and mends the running platform by hand. What is broken stays so until it is mended. */
export interface Breaker {
  breakDevices(which: number | readonly string[], how: Breakage): Outcome;
  mendDevices(ids: readonly string[]): Outcome;
  breakPart(fault: Fault): Promise<Outcome>;
  mendPart(fault: Fault): Promise<Outcome>;
  mendAll(): Promise<Outcome>;
  status(): Record<string, unknown>;
}

export interface BreakerOptions {
  readonly fleet: FleetModel;
  readonly platform: Platform;
  readonly faults: Faults;
  readonly broker: Broker;
  readonly database: Database | undefined;
  readonly runner: FleetRunner;
  readonly now: () => number;
}

/** The rows that two of the faults have spoilt. */
interface Spoilt {
  nan?: TelemetryRow;
  statusless?: { row: DeviceRow; status: string | null };
}

export function createBreaker(options: BreakerOptions): Breaker {
  const { fleet, platform, faults, broker, database, runner, now } = options;
  const spoilt: Spoilt = {};

  /** What was lost on the way while nothing was stored: every device says its status again. */
  const resynchronise = (): void => {
    for (const { spec, status } of fleet.states()) {
      const row = platform.devices.byDeviceId(spec.id);
      if (row === undefined || row.status === status) continue;
      platform.devices.update(row, { status }, now());
    }
  };
  const apply = async (fault: Fault, broken: boolean): Promise<void> => {
    if (faults.has(fault) === broken) return;
    faults.set(fault, broken);
    const at = now();
    switch (fault) {
      case 'database-down':
        if (broken) await database?.suspend();
        else await database?.resume();
        if (!broken) resynchronise();
        return;
      case 'broker-stalls-database':
        // What was stored before the order is written now: from the answer on the tables stand still.
        if (broken) await database?.flush();
        else resynchronise();
        return;
      case 'broker-down':
        return broken ? broker.suspend() : broker.resume();
      case 'nan-telemetry': {
        const [device] = platform.devices.active();
        if (broken && device !== undefined) {
          const point = { deviceId: device.id, metricName: 'broken', metricValue: NaN, unit: null };
          spoilt.nan = platform.telemetry.add(point, at);
        }
        if (!broken && spoilt.nan !== undefined) platform.telemetry.remove(spoilt.nan);
        return;
      }
      case 'null-status': {
        const [row] = platform.devices.active();
        if (broken && row !== undefined) {
          spoilt.statusless = { row, status: row.status };
          platform.devices.update(row, { status: null }, at);
        }
        if (!broken && spoilt.statusless !== undefined) {
          platform.devices.update(spoilt.statusless.row, { status: spoilt.statusless.status }, at);
        }
        return;
      }
      default:
        return;
    }
  };
  return {
    breakDevices: (which, how) => ({ devices: runner.break(how, which), parts: [] }),
    mendDevices: (ids) => ({ devices: runner.mend(ids), parts: [] }),
    async breakPart(fault) {
      await apply(fault, true);
      return { devices: [], parts: [fault] };
    },
    async mendPart(fault) {
      await apply(fault, false);
      return { devices: [], parts: [fault] };
    },
    async mendAll() {
      const parts = faults.active();
      for (const fault of parts) await apply(fault, false);
      return { devices: runner.mend(), parts };
    },
    status() {
      const devices = fleet.states();
      const conditions: Record<string, number> = {};
      for (const { condition } of devices) conditions[condition] = (conditions[condition] ?? 0) + 1;
      return {
        devices: devices.length,
        conditions,
        broken: devices
          .filter(({ pinned }) => pinned)
          .map(({ spec, condition }) => ({ id: spec.id, how: condition })),
        parts: faults.active().map((fault) => ({ what: fault, meaning: FAULT_MEANING[fault] })),
        telemetryPoints: platform.telemetry.total,
        messages: broker.counters.publishReceived,
        activeAlerts: platform.alerts.all().filter((row) => row.status === 'active').length,
        databaseUrl: database?.url ?? null,
      };
    },
  };
}
