import { z } from 'zod';
import type { Logger } from '../log/logger.ts';
import type { StateStore } from '../state/state-store.ts';
import { DEVICE_STATUSES, type DeviceStatus } from '../metrics/catalogue/devices.ts';
import type { FleetSource } from './fleet.ts';

/** What survives of a device: a restart, or an inventory that leaves it out for a while. Times in milliseconds. */
export interface RememberedDevice {
  readonly id: string;
  readonly status: DeviceStatus;
  readonly since: number;
  /** Whether it was silent for too long. */
  readonly silent: boolean;
  readonly lastSeen: number | null;
  /** Median interval between messages. */
  readonly interval: number | null;
  readonly reports: readonly {
    readonly source: FleetSource;
    readonly status: string | null;
    readonly at: number;
  }[];
}

/** State documents that the devices are spread over, so that writing one never holds up the event loop. */
export const BUCKETS = 8;
const VERSION = 1;

const status = z.enum(DEVICE_STATUSES);
const time = z.number();
const reports = z.array(z.tuple([z.enum(['api', 'postgres', 'mqtt']), z.string().nullable(), time]));
const entry = z.tuple([
  z.string(),
  status,
  time,
  z.boolean(),
  time.nullable(),
  z.number().nullable(),
  reports,
]);
const document = z.object({ version: z.literal(VERSION), devices: z.array(entry) });

export function documentName(bucket: number): string {
  return `fleet-${bucket}`;
}

/** The document of one bucket: tuples, since the keys would be most of it. */
export function toDocument(devices: readonly RememberedDevice[]): z.infer<typeof document> {
  return {
    version: VERSION,
    devices: devices.map((device) => [
      device.id,
      device.status,
      device.since,
      device.silent,
      device.lastSeen,
      device.interval,
      device.reports.map((report): [FleetSource, string | null, number] => [
        report.source,
        report.status,
        report.at,
      ]),
    ]),
  };
}

/** Reads all devices of an earlier run. A document of another shape is logged and left out. */
export function readRemembered(state: StateStore, logger: Logger): RememberedDevice[] {
  const devices: RememberedDevice[] = [];
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const name = documentName(bucket);
    const found = state.read(name);
    if (found === undefined) continue;
    const parsed = document.safeParse(found);
    if (!parsed.success) {
      const fields = { document: name, error: z.prettifyError(parsed.error) };
      logger.warn(fields, 'state of the fleet has another shape and is not used: statuses begin anew');
      continue;
    }
    for (const [id, word, since, silent, lastSeen, interval, list] of parsed.data.devices) {
      const parts = list.map(([source, text, at]) => ({ source, status: text, at }));
      devices.push({ id, status: word, since, silent, lastSeen, interval, reports: parts });
    }
  }
  return devices;
}
