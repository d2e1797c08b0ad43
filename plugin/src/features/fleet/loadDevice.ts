import { statusOfCode, type DeviceStatus } from '../../domain/fleet/deviceStatus';
import type { ExporterDevice, ReportedStatus } from '../../api/exporterTypes';
import { deviceQueries } from './fleetQueries';
import type { Clients } from '../../api/clients';
import { ApiFailure, type Problem } from '../../domain/problem';
import type { InstantRow, Labels } from '../../api/prometheusShapes';

/** What is known of a device. Times are milliseconds since the epoch; null where nobody knows. */
export interface DeviceFacts {
  readonly deviceId: string;
  readonly name: string;
  readonly deviceType: string;
  readonly location: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly firmwareVersion: string;
  readonly status: DeviceStatus;
  readonly since: number | null;
  readonly lastSeen: number | null;
  readonly registered: boolean;
  /** What the sources say; undefined when only the exporter could tell and it cannot be asked. */
  readonly reported: readonly ReportedStatus[] | undefined;
}

/**
 * A device: `known` by the exporter or, without it, as Prometheus has it at present; `gone`: it was published
 * within a week and is no more; `unheard`: nobody ever heard of it; `unsure`: not everybody could be asked.
 */
export type DeviceAnswer =
  | { readonly kind: 'known'; readonly device: DeviceFacts; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'gone';
      readonly device: DeviceFacts;
      readonly goneSince: number;
      readonly problems: readonly Problem[];
    }
  | { readonly kind: 'unheard'; readonly problems: readonly Problem[] }
  | { readonly kind: 'unsure'; readonly problems: readonly Problem[] };

function fromExporter(device: ExporterDevice): DeviceFacts {
  return { ...device, since: device.statusSince };
}

const milliseconds = (row: InstantRow | undefined): number | null =>
  row === undefined ? null : row.value * 1000;

function fromPrometheus(
  deviceId: string,
  labels: Labels,
  rows: Readonly<Record<'status' | 'since' | 'lastSeen', InstantRow | undefined>>,
): DeviceFacts {
  return {
    deviceId,
    name: labels.name ?? '',
    deviceType: labels.device_type ?? '',
    location: labels.location ?? '',
    manufacturer: labels.manufacturer ?? '',
    model: labels.model ?? '',
    firmwareVersion: labels.firmware_version ?? '',
    status: statusOfCode(rows.status?.value ?? 0),
    since: milliseconds(rows.since),
    lastSeen: milliseconds(rows.lastSeen),
    registered: true,
    reported: undefined,
  };
}

interface Published {
  readonly device: DeviceFacts;
  /** When it was last published, milliseconds since the epoch. */
  readonly at: number;
  /** True when it is published now. */
  readonly present: boolean;
}

/** The device as Prometheus last had it within a week; undefined when it had none. */
async function lastPublished(
  { prometheus }: Clients,
  deviceId: string,
  now: number,
  signal?: AbortSignal,
): Promise<Published | undefined> {
  const queries = deviceQueries(deviceId);
  const ask = async (query: string, at: number) => (await prometheus.instant(query, at, signal))[0];
  const [present, published] = await Promise.all([ask(queries.status, now), ask(queries.lastPublished, now)]);
  const at = present === undefined ? milliseconds(published) : now;
  if (at === null) return undefined;
  const [status, since, lastSeen, info] = await Promise.all([
    ask(queries.status, at),
    ask(queries.since, at),
    ask(queries.lastSeen, at),
    ask(queries.lastInfo, at),
  ]);
  const device = fromPrometheus(deviceId, info?.labels ?? {}, { status, since, lastSeen });
  return { device, at, present: present !== undefined };
}

/** The failure's problem; anything else is thrown on. */
function failureOf(error: unknown): Problem {
  if (error instanceof ApiFailure) return error.problem;
  throw error;
}

/** What is known of the device at present. `now`: milliseconds since the epoch. */
export async function loadDevice(
  clients: Clients,
  deviceId: string,
  now: number,
  signal?: AbortSignal,
): Promise<DeviceAnswer> {
  const problems: Problem[] = [];
  let exporterKnowsNot = false;
  try {
    const device = await clients.exporter.device(deviceId, signal);
    if (device !== undefined) return { kind: 'known', device: fromExporter(device), problems };
    exporterKnowsNot = true;
  } catch (error) {
    problems.push(failureOf(error));
  }
  try {
    const published = await lastPublished(clients, deviceId, now, signal);
    if (published === undefined) return { kind: exporterKnowsNot ? 'unheard' : 'unsure', problems };
    const { device, at, present } = published;
    if (present && !exporterKnowsNot) return { kind: 'known', device, problems };
    return { kind: 'gone', device, goneSince: at, problems };
  } catch (error) {
    // An exporter that does not know it now says nothing of a device that expired.
    problems.push(failureOf(error));
    return { kind: 'unsure', problems };
  }
}
