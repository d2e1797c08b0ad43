import { statusOfCode, type DeviceStatus } from '../../domain/fleet/deviceStatus';
import { CHANGE_QUERIES } from './fleetQueries';
import type { PrometheusClient } from '../../api/prometheusClient';
import type { InstantRow } from '../../api/prometheusShapes';

/** A device whose status is another one than an hour before. */
export interface ChangedDevice {
  readonly deviceId: string;
  readonly before: DeviceStatus;
}

/** What is different from an hour before. */
export interface FleetChanges {
  readonly changed: readonly ChangedDevice[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const idOf = ({ labels }: InstantRow): string => labels.device_id ?? '';

/** The changes of the hour before `at`, milliseconds since the epoch; undefined when nothing is known of then. */
export async function loadChanges(
  prometheus: PrometheusClient,
  at: number,
  signal?: AbortSignal,
): Promise<FleetChanges | undefined> {
  const ask = (query: string) => prometheus.instant(query, at, signal);
  const [before, changed, added, removed] = await Promise.all([
    ask(CHANGE_QUERIES.before),
    ask(CHANGE_QUERIES.changed),
    ask(CHANGE_QUERIES.added),
    ask(CHANGE_QUERIES.removed),
  ]);
  if (before.length === 0) return undefined;
  return {
    changed: changed.map((row) => ({ deviceId: idOf(row), before: statusOfCode(row.value) })),
    added: added.map(idOf),
    removed: removed.map(idOf),
  };
}
