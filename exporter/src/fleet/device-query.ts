import { labelValue } from './caps.ts';
import type { FleetData } from './fleet-data.ts';
import type { DeviceRecord } from './device-table.ts';
import { deviceView } from './device-view.ts';
import { statusOfCode } from './effective-status.ts';
import type { DevicePage, DeviceQuery } from './fleet.ts';

/** The cursor that continues a list after the device: opaque, safe in a URL. */
export function encodeCursor(deviceId: string): string {
  // JSON keeps what UTF-8 alone would lose: lone surrogates, and the difference of '' to nothing.
  return Buffer.from(JSON.stringify(deviceId), 'utf8').toString('base64url');
}

/** The id that the cursor continues after; undefined when it is none of ours. */
export function decodeCursor(cursor: string): string | undefined {
  try {
    const id: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

function includes(text: string | undefined, part: string): boolean {
  return text?.toLowerCase().includes(part) === true;
}

/** The query as a test of one device. */
function matcher(data: FleetData, query: DeviceQuery): (record: DeviceRecord) => boolean {
  const { status, type } = query;
  const part = query.text === undefined || query.text === '' ? undefined : query.text.toLowerCase();
  return (record) => {
    const { identity } = record;
    if (status !== undefined && statusOfCode(data.table.status.get(record.row)) !== status) return false;
    if (type !== undefined && (identity?.deviceType ?? '') !== type) return false;
    if (part === undefined) return true;
    return includes(record.id, part) || includes(identity?.name, part) || includes(identity?.location, part);
  };
}

/** Puts the record in its place of a list that is sorted by id and keeps no more than `most` of the smallest. */
function insert(sorted: DeviceRecord[], record: DeviceRecord, most: number): void {
  const last = sorted.at(-1);
  if (sorted.length >= most && last !== undefined && record.id > last.id) return;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.id ?? '') < record.id) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, record);
  if (sorted.length > most) sorted.pop();
}

/**
 * A page of devices in the order of their ids (UTF-16 code units). The cursor names the last device of the
 * page before, so that devices which come or go in between neither repeat nor hide others. One pass keeps the
 * page's devices only: nothing is sorted whole. A cursor that is none of ours gives an empty page.
 */
export function listDevices(data: FleetData, query: DeviceQuery): DevicePage {
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  if (query.cursor !== undefined && after === undefined) return { items: [], nextCursor: null };
  const limit = Math.max(1, Math.floor(query.limit));
  const matches = matcher(data, query);
  const page: DeviceRecord[] = [];
  for (const record of data.table.records) {
    if (record === undefined || (after !== undefined && record.id <= after)) continue;
    if (matches(record)) insert(page, record, limit + 1);
  }
  const more = page.length > limit;
  const items = page.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((record) => deviceView(data, record)),
    nextCursor: more && last !== undefined ? encodeCursor(last.id) : null,
  };
}

/** The record of the exact id, which may be longer than what is kept of it. */
export function findDevice(data: FleetData, deviceId: string): DeviceRecord | undefined {
  return data.byId.get(deviceId) ?? data.byId.get(labelValue(deviceId));
}
