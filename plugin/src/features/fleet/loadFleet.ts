import type { Clients } from '../../api/clients';
import { devicesFromExporter, devicesFromRows, type FleetDevice, type FleetPicture } from './fleetPicture';
import { FLEET_QUERIES, LAST_PICTURE_QUERY } from './fleetQueries';
import { pause } from '../../api/pause';
import { ApiFailure, problemOf, type Problem } from '../../domain/problem';

/** Most devices that are read from the exporter when Prometheus cannot be asked: 5 answers of 1,000 devices. */
const MOST_FROM_EXPORTER = 5000;
/** A moment this near to now counts as now: the exporter only knows the present. */
const NOW_MS = 120_000;

/** The fleet, with what is wrong about it. */
export interface FleetAnswer {
  /** Undefined: nothing is known of that time and of the day before it. */
  readonly picture: FleetPicture | undefined;
  /** True when the picture is older than what was asked for. */
  readonly old: boolean;
  /** Why the picture is old, comes from the other source, or is missing. Both may have failed. */
  readonly problems: readonly Problem[];
}

/** The moment asked for and the present, milliseconds since the epoch. */
interface Moment {
  readonly at: number;
  readonly now: number;
}

async function devicesAt({ prometheus }: Clients, at: number, signal?: AbortSignal): Promise<FleetDevice[]> {
  const ask = (query: string) => prometheus.instant(query, at, signal);
  const [status, since, lastSeen, info, alerts] = await Promise.all([
    ask(FLEET_QUERIES.status),
    ask(FLEET_QUERIES.since),
    ask(FLEET_QUERIES.lastSeen),
    ask(FLEET_QUERIES.info),
    ask(FLEET_QUERIES.alerts),
  ]);
  return devicesFromRows({ status, since, lastSeen, info, alerts }, () => pause(signal));
}

/** What the exporter says of itself when Prometheus has no devices of it; undefined when all is well with it. */
async function exporterTrouble({ exporter }: Clients, signal?: AbortSignal): Promise<Problem | undefined> {
  try {
    const collectors = await exporter.collectors(signal);
    const failing = collectors.filter(({ state }) => state === 'failing' || state === 'paused');
    if (failing.length === 0) return undefined;
    const detail = failing.map(({ name, words }) => `${name}: ${words}`).join('; ');
    return { kind: 'sources-failing', source: 'exporter', detail };
  } catch (error) {
    if (error instanceof ApiFailure) return error.problem;
    throw error;
  }
}

async function fromExporter(clients: Clients, now: number, signal?: AbortSignal): Promise<FleetPicture> {
  const { devices, complete } = await clients.exporter.devices(MOST_FROM_EXPORTER, signal);
  const values = new Map(devices.map((device) => [device.deviceId, device.values]));
  return { devices: devicesFromExporter(devices), at: now, source: 'exporter', values, complete };
}

/** Prometheus has no device at that moment: is the fleet empty, or did nobody tell Prometheus? */
async function whenSilent(clients: Clients, { at, now }: Moment, signal?: AbortSignal): Promise<FleetAnswer> {
  const [last, trouble] = await Promise.all([
    clients.prometheus.instant(LAST_PICTURE_QUERY, at, signal),
    exporterTrouble(clients, signal),
  ]);
  if (trouble === undefined && now - at < NOW_MS) {
    const picture = await fromExporter(clients, now, signal);
    const problems: Problem[] = [{ kind: 'not-scraped', source: 'prometheus', detail: '' }];
    return { picture, old: false, problems: picture.devices.length === 0 ? [] : problems };
  }
  const problems = trouble === undefined ? [] : [trouble];
  const seconds = last[0]?.value;
  if (seconds === undefined) return { picture: undefined, old: false, problems };
  const lastAt = seconds * 1000;
  const devices = await devicesAt(clients, lastAt, signal);
  return { picture: { devices, at: lastAt, source: 'prometheus', complete: true }, old: true, problems };
}

async function fromPrometheus(clients: Clients, moment: Moment, signal?: AbortSignal): Promise<FleetAnswer> {
  const devices = await devicesAt(clients, moment.at, signal);
  if (devices.length === 0) return whenSilent(clients, moment, signal);
  const picture = { devices, at: moment.at, source: 'prometheus', complete: true } as const;
  return { picture, old: false, problems: [] };
}

/**
 * The fleet at a moment: from Prometheus, or the last picture of the day before when there is none; from the
 * exporter, as it is now, when Prometheus cannot be asked or was told nothing.
 */
export async function loadFleet(
  clients: Clients,
  moment: Moment,
  signal?: AbortSignal,
): Promise<FleetAnswer> {
  try {
    return await fromPrometheus(clients, moment, signal);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    try {
      const picture = await fromExporter(clients, moment.now, signal);
      return { picture, old: false, problems: [error.problem] };
    } catch (second) {
      if (!(second instanceof ApiFailure)) throw second;
      return { picture: undefined, old: false, problems: [error.problem, problemOf(second, 'exporter')] };
    }
  }
}
