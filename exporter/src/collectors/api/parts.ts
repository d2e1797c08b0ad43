import type { Ask } from './ask.ts';
import { type ActiveRows, type RaisedRows, readActiveRows, readRaisedRows } from './alert-list.ts';
import { type DeviceList, readDeviceList } from './devices.ts';
import type { Databases } from './databases.ts';
import { ENDPOINTS } from './endpoints.ts';
import type { Health } from './health.ts';
import type { Clock } from '../../base/clock.ts';
import { createPart, type Part, type PartResult } from '../part.ts';
import type { Endpoint } from './endpoints.ts';
import { activeStatsSchema, alertSummarySchema, deviceStatsSchema, healthSchema } from './schemas.ts';

/** What the API is asked for, beside the ping. */
interface Documents {
  readonly health: Health;
  /** Active devices that the platform counts. */
  readonly deviceCount: number;
  readonly activeCounts: ReadonlyMap<string, number>;
  readonly devices: DeviceList;
  readonly raised: RaisedRows;
  readonly activeRows: ActiveRows;
  /** Rows of the last day by status. */
  readonly summary: Readonly<Record<string, number>>;
}

export type ApiResults = { readonly [K in keyof Documents]: PartResult<Documents[K]> };

type DataResults = Omit<ApiResults, 'health'>;

function hasValue(results: DataResults): boolean {
  return Object.values(results).some((result) => result.kind === 'value');
}

/** Why an attempt as a whole has failed. */
export type ApiFailure = { readonly kind: 'no data'; readonly error: string } | { readonly kind: 'too slow' };

/** One document of the API. */
type ApiPart<T> = Part<Ask, T> & { readonly endpoint: Endpoint };

type PartsByName = { readonly [K in keyof Documents]: ApiPart<Documents[K]> };

export interface ApiParts extends PartsByName {
  /** Asks for what is due, one after the other, the small and ever fresh documents first. */
  read(ask: Ask): Promise<ApiResults>;
  accept(results: ApiResults): void;
  /** Undefined while at least one document with data can be read. */
  failure(results: ApiResults): ApiFailure | undefined;
  /** The error of each endpoint's last answer; undefined where it worked. An endpoint of two parts has the first error. */
  errors(): ReadonlyMap<string, string | undefined>;
  expire(): void;
}

export interface ApiPartsOptions {
  readonly clock: Clock;
  readonly devicesInterval?: number;
  readonly raisedAlertsInterval?: number;
  readonly activeAlertsInterval?: number;
  readonly summaryInterval?: number;
  readonly alertPages?: number;
  readonly keepFor?: number;
}

/** `databases` gives how far the alert rows of each were counted. */
export function createApiParts(options: ApiPartsOptions, databases: () => Databases): ApiParts {
  const { clock, keepFor = 120_000, alertPages = 5 } = options;
  const part = <T>(endpoint: Endpoint, interval: number, read: (ask: Ask) => Promise<T>): ApiPart<T> => {
    const made = createPart({ interval, keepFor, clock, read });
    return Object.assign(made, { endpoint });
  };

  const parts: PartsByName = {
    health: part(ENDPOINTS.health, 0, (ask) => ask(ENDPOINTS.health, '', healthSchema)),
    deviceCount: part(ENDPOINTS.deviceStats, 0, async (ask) => {
      const stats = await ask(ENDPOINTS.deviceStats, '', deviceStatsSchema);
      return stats.total_devices;
    }),
    activeCounts: part(
      ENDPOINTS.activeStats,
      0,
      async (ask) => new Map(await ask(ENDPOINTS.activeStats, '', activeStatsSchema)),
    ),
    devices: part(ENDPOINTS.devices, options.devicesInterval ?? 15_000, readDeviceList),
    raised: part(ENDPOINTS.alerts, options.raisedAlertsInterval ?? 15_000, (ask) =>
      readRaisedRows(ask, databases(), clock.wall(), alertPages),
    ),
    activeRows: part(ENDPOINTS.alerts, options.activeAlertsInterval ?? 60_000, (ask) =>
      readActiveRows(ask, alertPages),
    ),
    summary: part(ENDPOINTS.alertSummary, options.summaryInterval ?? 60_000, async (ask) => {
      const summary = await ask(ENDPOINTS.alertSummary, '?hours=24', alertSummarySchema);
      return summary.by_status;
    }),
  };
  const all = Object.values(parts);

  async function read(ask: Ask): Promise<ApiResults> {
    const health = await parts.health.read(ask);
    const due: DataResults = {
      deviceCount: await parts.deviceCount.read(ask),
      activeCounts: await parts.activeCounts.read(ask),
      devices: await parts.devices.read(ask),
      raised: await parts.raised.read(ask),
      activeRows: await parts.activeRows.read(ask),
      summary: await parts.summary.read(ask),
    };
    if (hasValue(due)) return { health, ...due };
    // Nothing that was due works: what is cached decides whether anything does, so one of it is asked early.
    let works = false;
    const early = async <T>(result: PartResult<T>, entry: ApiPart<T>): Promise<PartResult<T>> => {
      if (works || result.kind !== 'not asked' || result.reason === 'no time') return result;
      const forced = await entry.read(ask, true);
      works = forced.kind === 'value';
      return forced;
    };
    return {
      ...{ health, deviceCount: due.deviceCount, activeCounts: due.activeCounts },
      devices: await early(due.devices, parts.devices),
      summary: await early(due.summary, parts.summary),
      raised: await early(due.raised, parts.raised),
      activeRows: await early(due.activeRows, parts.activeRows),
    };
  }

  return {
    ...parts,
    read,
    accept: (results) => {
      parts.health.accept(results.health);
      parts.deviceCount.accept(results.deviceCount);
      parts.activeCounts.accept(results.activeCounts);
      parts.devices.accept(results.devices);
      parts.raised.accept(results.raised);
      parts.activeRows.accept(results.activeRows);
      parts.summary.accept(results.summary);
    },
    failure: (results) => {
      const { deviceCount, activeCounts, devices, raised, activeRows, summary } = results;
      const data = { deviceCount, activeCounts, devices, raised, activeRows, summary };
      if (hasValue(data)) return undefined;
      const errors = Object.values(data).filter((result) => result.kind === 'error');
      return errors[0] === undefined ? { kind: 'too slow' } : { kind: 'no data', error: errors[0].error };
    },
    errors: () => {
      const errors = new Map<string, string | undefined>();
      for (const { asked, endpoint, error } of all)
        if (asked) errors.set(endpoint, errors.get(endpoint) ?? error);
      const listError = parts.devices.current()?.listError;
      if (listError !== undefined) errors.set(ENDPOINTS.devices, listError.message);
      return errors;
    },
    expire: () => {
      for (const entry of all) entry.expire();
    },
  };
}
