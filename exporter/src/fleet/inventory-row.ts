import { rebindIdentity } from './binding.ts';
import { countedLabelValue } from './caps.ts';
import type { FleetData } from './fleet-data.ts';
import type { DeviceRecord, HeldReport } from './device-table.ts';
import { reportedStatus } from './effective-status.ts';
import type { DeviceIdentity, InventoryRow, InventorySource } from './fleet.ts';
import { learnGap, seen } from './liveness.ts';

/** Clocks of two machines may differ by so much without one of them being wrong. */
const CLOCKS_DIFFER_MS = 60_000;

function sameIdentity(a: DeviceIdentity, b: DeviceIdentity): boolean {
  return (
    a.name === b.name &&
    a.deviceType === b.deviceType &&
    a.location === b.location &&
    a.manufacturer === b.manufacturer &&
    a.model === b.model &&
    a.firmwareVersion === b.firmwareVersion
  );
}

/** The identity with texts of bounded length, under the id that the device is kept by. */
function boundedIdentity(data: FleetData, id: string, found: DeviceIdentity): DeviceIdentity {
  const bounded = (text: string): string => countedLabelValue(text, data.drops);
  // Many devices share these words; each row brings copies of its own.
  const shared = (text: string): string => data.words.one(bounded(text));
  return {
    deviceId: id,
    name: bounded(found.name),
    deviceType: shared(found.deviceType),
    location: shared(found.location),
    manufacturer: shared(found.manufacturer),
    model: shared(found.model),
    firmwareVersion: shared(found.firmwareVersion),
  };
}

function applyIdentity(data: FleetData, record: DeviceRecord, found: DeviceIdentity): void {
  if (record.identity !== undefined && sameIdentity(record.identity, found)) return;
  const identity = boundedIdentity(data, record.id, found);
  if (record.identity !== undefined && sameIdentity(record.identity, identity)) return;
  record.identity = identity;
  record.type = data.points.typeOf(identity.deviceType);
  rebindIdentity(data, record);
}

/**
 * The report that a polled status makes: dated by when it was written when it is seen for the first time, by
 * now when it changed before our eyes, and as before while it stays. What an earlier run saw last is a first
 * sight again if it has changed meanwhile, though no earlier than then.
 */
export function polledReport(known: HeldReport | undefined, row: InventoryRow, now: number): HeldReport {
  const status = reportedStatus(row.status);
  if (known?.status === status) return known.restored ? { ...known, restored: false } : known;
  if (known !== undefined && !known.restored) return { status, at: now, restored: false };
  const written = row.writtenAt !== null && Number.isFinite(row.writtenAt) ? row.writtenAt : now;
  return { status, at: Math.max(known?.at ?? 0, Math.min(now, written)), restored: false };
}

/**
 * Takes a `last_seen` that an inventory states for the first time; one that it repeats says nothing, whatever
 * the clock shows meanwhile. A time ahead of now is as of now; of a device that an earlier run knew it says
 * nothing at first sight, since it may have been there for years. A device that speaks to the platform alone is
 * known by its `last_seen` only: the steps of that are its gaps.
 */
function applyLastSeen(
  data: FleetData,
  record: DeviceRecord,
  source: InventorySource,
  stated: number,
  now: number,
): void {
  const { table } = data;
  const { row } = record;
  const polled = source === data.deciding ? table.lastPolled : table.lastPolledBySecondary;
  const before = polled.get(row);
  if (stated === before) return;
  polled.set(row, stated);
  const isAhead = stated > now + CLOCKS_DIFFER_MS;
  if (isAhead && Number.isNaN(before) && record.restored) return;
  seen(data, record, Math.min(stated, now), now, false);
  if (source !== data.deciding || isAhead || !Number.isNaN(table.lastMessage.get(row))) return;
  if (stated > before) learnGap(data, record, stated - before);
}

/**
 * Tells the device what an inventory says of it. Returns whether that is another report than before: the
 * effective status is the caller's to compute then.
 */
export function applyRow(
  data: FleetData,
  record: DeviceRecord,
  source: InventorySource,
  row: InventoryRow,
  now: number,
): boolean {
  if (source === data.deciding || !record.registered) applyIdentity(data, record, row.identity);
  const known = record.reports[source];
  const report = polledReport(known, row, now);
  record.reports[source] = report;
  if (row.lastSeen !== null && Number.isFinite(row.lastSeen))
    applyLastSeen(data, record, source, row.lastSeen, now);
  return report !== known;
}
