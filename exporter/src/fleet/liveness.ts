import { STATUS_CODES } from '../metrics/catalogue/devices.ts';
import { exposeStatus } from './binding.ts';
import type { FleetData } from './fleet-data.ts';
import { type DeviceRecord, NO_STATUS } from './device-table.ts';
import { effectiveStatus, silenceLimit } from './effective-status.ts';
import { BURST_MS } from './interval.ts';

/** Computes the effective status as of `now` (wall time) and shows it; its date moves only when the status changes. */
export function evaluate(data: FleetData, record: DeviceRecord, now: number): void {
  const { table, drift } = data;
  const { row } = record;
  const known = table.status.get(row);
  const result = effectiveStatus({
    reports: record.reports,
    lastSeen: table.lastSeen.get(row) - drift,
    // While nothing stands behind the fleet, that nothing is heard means nothing: silence stays what it was.
    quietFrom: data.available || table.silent.get(row) === 1 ? table.quietFrom.get(row) - drift : now,
    limit: table.limit.get(row),
    wokeAt: table.wokeAt.get(row) - drift,
    firstKnown: table.firstKnown.get(row) - drift,
    first: known === NO_STATUS,
    now,
  });
  table.silent.set(row, result.silent ? 1 : 0);
  const code = STATUS_CODES[result.status];
  if (code === known) return;
  table.status.set(row, code);
  table.since.set(row, result.from);
  data.memory.changed(record.bucket);
  exposeStatus(data, record);
}

/** Whether the device fell silent, or is silent no more, since its status was computed: all that time changes. */
export function silenceChanged(data: FleetData, record: DeviceRecord, now: number): boolean {
  const { table } = data;
  const isSilent = now + data.drift - table.quietFrom.get(record.row) > table.limit.get(record.row);
  return data.available && isSilent !== (table.silent.get(record.row) === 1);
}

/**
 * Notes a sign of life. After silence the device wakes: its status dates from now. A live message shows by
 * its distance from the one before that the device was silent in between, whether or not somebody looked;
 * a polled `last_seen` does not, since the polls themselves may have paused. Times are wall times.
 */
export function seen(data: FleetData, record: DeviceRecord, at: number, now: number, live: boolean): void {
  const { table } = data;
  const { row } = record;
  const last = table.lastSeen.get(row);
  const never = Number.isNaN(last);
  const time = at + data.drift;
  if (!never && !(time > last)) return;
  const quiet = table.quietFrom.get(row);
  const wakes =
    table.silent.get(row) === 1 || (live && data.listening && time - quiet > table.limit.get(row));
  // First the silence, whose date is the end of the limit, then the waking.
  if (wakes) evaluate(data, record, now);
  table.lastSeen.set(row, time);
  if (never || time > quiet) table.quietFrom.set(row, time);
  if (wakes) table.wokeAt.set(row, time);
  // The first status of all waits for everything that is known: whoever makes the device computes it.
  if ((wakes || never) && table.status.get(row) !== NO_STATUS) evaluate(data, record, now);
}

/** Learns how often the device speaks. */
export function learnGap(data: FleetData, record: DeviceRecord, gap: number): void {
  const { table, limits } = data;
  if (!(gap >= BURST_MS)) return;
  table.gaps.add(record.row, gap);
  // A short gap cannot lift a median that is short already: the usual case, and the fast one.
  if (3 * gap <= limits.offlineAfter && table.limit.get(record.row) === limits.offlineAfter) return;
  table.limit.set(record.row, silenceLimit(limits.offlineAfter, table.gaps.median(record.row)));
}

/** Notes a live message. Allocates nothing for a device that is awake. */
export function hear(data: FleetData, record: DeviceRecord, at: number): void {
  const { table } = data;
  const last = table.lastMessage.get(record.row);
  // The silence before this message is judged by the rhythm before it.
  seen(data, record, at, at, true);
  const time = at + data.drift;
  if (time <= last) return;
  learnGap(data, record, time - last);
  table.lastMessage.set(record.row, time);
  data.heard = true;
}
