import { DEVICE_STATUSES, STATUS_CODES, type DeviceStatus } from '../metrics/catalogue/devices.ts';
import type { FleetSource } from './fleet.ts';
import { labelValue } from './caps.ts';

/** Silence is never allowed to last longer than this because a device is slow. */
const MOST_PATIENCE_MS = 24 * 3_600_000;
/** On equal dates the device's own word counts most, then the database, then the API. */
const BY_TRUST: readonly FleetSource[] = ['mqtt', 'postgres', 'api'];
/** The date of a report whose time nobody knows: older than every other. */
export const UNDATED = 0;

const WORDS: ReadonlyMap<string, DeviceStatus> = new Map(DEVICE_STATUSES.map((word) => [word, word]));
const BY_CODE: ReadonlyMap<number, DeviceStatus> = new Map(
  DEVICE_STATUSES.map((word) => [STATUS_CODES[word], word]),
);

/** What one source last said about a device. */
export interface SourceReport {
  /** Lower case, trimmed; null where the platform has NULL. */
  readonly status: string | null;
  /** Milliseconds since the epoch; 0 when unknown. */
  readonly at: number;
}

export type Reports = Readonly<Partial<Record<FleetSource, SourceReport | undefined>>>;

/** What the effective status depends on. Times are milliseconds since the epoch, NaN where there is none. */
export interface StatusFacts {
  readonly reports: Reports;
  /** The newest sign of life from any source; NaN: never heard. */
  readonly lastSeen: number;
  /** From when silence is reckoned: `lastSeen`, or later when nobody listened for a while. */
  readonly quietFrom: number;
  /** How long silence may last, milliseconds. */
  readonly limit: number;
  /** When the device was heard again after silence. */
  readonly wokeAt: number;
  /** When we first knew of the device. */
  readonly firstKnown: number;
  /** True when there is no earlier effective status: then reports that agree date from the oldest of them. */
  readonly first: boolean;
  readonly now: number;
}

export interface EffectiveStatus {
  readonly status: DeviceStatus;
  /** When that status began, should the device not have had it before; never after `now`. */
  readonly from: number;
  /** True when the device has been silent for too long, whatever its status. */
  readonly silent: boolean;
}

/** The status as the platform means it: case and surrounding space are ignored, any other word is unknown. */
export function statusWord(status: string | null): DeviceStatus {
  if (status === null) return 'unknown';
  return WORDS.get(status) ?? WORDS.get(status.trim().toLowerCase()) ?? 'unknown';
}

/** A reported status as it is kept and shown: lower case, trimmed, of bounded length. */
export function reportedStatus(status: string | null): string | null {
  if (status === null) return null;
  // The list's own string where it is one: not a copy for every device.
  return (
    WORDS.get(status) ?? WORDS.get(status.trim().toLowerCase()) ?? labelValue(status.trim().toLowerCase())
  );
}

export function statusOfCode(code: number): DeviceStatus {
  return BY_CODE.get(code) ?? 'unknown';
}

/** How long a device may be silent: `offlineAfter`, or three times its median interval, at most 24 h; milliseconds. */
export function silenceLimit(offlineAfter: number, medianInterval: number): number {
  if (Number.isNaN(medianInterval)) return offlineAfter;
  return Math.max(offlineAfter, Math.min(MOST_PATIENCE_MS, 3 * medianInterval));
}

/** The newest report; on equal dates the one of the source that is trusted most. */
function newestReport(reports: Reports): SourceReport | undefined {
  let newest: SourceReport | undefined;
  for (const source of BY_TRUST) {
    const report = reports[source];
    if (report !== undefined && (newest === undefined || report.at > newest.at)) newest = report;
  }
  return newest;
}

/**
 * When the newest report's status began, by what the reports themselves say: its own date or, at first
 * sight, the oldest date of reports that all say the same. NaN when none has a date.
 */
function reportDate(reports: Reports, newest: SourceReport | undefined, first: boolean): number {
  if (newest === undefined || newest.at <= UNDATED) return NaN;
  if (!first) return newest.at;
  const word = statusWord(newest.status);
  let oldest = newest.at;
  for (const source of BY_TRUST) {
    const report = reports[source];
    if (report === undefined) continue;
    if (statusWord(report.status) !== word) return newest.at;
    if (report.at > UNDATED && report.at < oldest) oldest = report.at;
  }
  return oldest;
}

/** The later of two times, either of which may be missing (NaN). */
function later(a: number, b: number): number {
  return Number.isNaN(a) || b > a ? b : a;
}

/**
 * The effective status (design §3): the newest report of all sources, overruled by silence, which means
 * offline. `maintenance` is never overruled; a device that was never heard is unknown (offline by its last will), and so is one whose
 * newest report is NULL or no word of the list. Without any report a device is online while it is heard.
 */
export function effectiveStatus(facts: StatusFacts): EffectiveStatus {
  const { lastSeen, limit, now } = facts;
  const newest = newestReport(facts.reports);
  const word = newest === undefined ? 'online' : statusWord(newest.status);
  const reported = reportDate(facts.reports, newest, facts.first);
  const silent = now - facts.quietFrom > limit;
  const begin = (time: number): number => Math.min(now, Number.isNaN(time) ? facts.firstKnown : time);

  if (word === 'maintenance') return { status: word, from: begin(reported), silent };
  if (Number.isNaN(lastSeen)) {
    // Only a last will speaks of a device that was never heard; in a database it is what every new row says.
    const isWill = word === 'offline' && newest === facts.reports.mqtt;
    return { status: isWill ? 'offline' : 'unknown', from: begin(reported), silent: false };
  }
  if (silent) {
    const quiet = lastSeen + limit;
    const from = word === 'offline' && newest !== undefined ? Math.min(begin(reported), quiet) : quiet;
    return { status: 'offline', from: begin(from), silent };
  }
  return { status: word, from: begin(later(reported, facts.wokeAt)), silent };
}
