import { statusOfWord, type DeviceStatus } from '../../domain/fleet/deviceStatus';
import type { ReportedStatus } from '../../api/exporterTypes';

/** On equal dates the device's own word counts most, then the database, then the API: as the exporter decides. */
const BY_TRUST = ['mqtt', 'postgres', 'api'];

/**
 * Why a device has its effective status: `reported`: the newest report says so; `silent`: a report says
 * otherwise, and the device has been silent for too long; `unheard`: it never gave a sign of life;
 * `no-status`: the newest report is no status we know; `no-report`: nobody reports a status, it is heard;
 * `recent`: none of these, the reports are newer than the status.
 */
export type ReasonKind = 'reported' | 'silent' | 'unheard' | 'no-status' | 'no-report' | 'recent';

export interface StatusReason {
  readonly kind: ReasonKind;
  /** The newest report; undefined when there is none. */
  readonly newest: ReportedStatus | undefined;
  /** Newest reports of the other sources that say something else, newest first. */
  readonly others: readonly ReportedStatus[];
}

interface Facts {
  readonly status: DeviceStatus;
  readonly lastSeen: number | null;
  readonly reported: readonly ReportedStatus[];
}

function newestFirst(a: ReportedStatus, b: ReportedStatus): number {
  return b.at - a.at || BY_TRUST.indexOf(a.source) - BY_TRUST.indexOf(b.source);
}

const wordOf = ({ status }: ReportedStatus): DeviceStatus => statusOfWord(status ?? '') ?? 'unknown';

function kindOf({ status, lastSeen }: Facts, newest: ReportedStatus | undefined): ReasonKind {
  const word = newest === undefined ? undefined : wordOf(newest);
  if (status === 'unknown' && lastSeen === null) return 'unheard';
  if (newest === undefined) return status === 'offline' ? 'silent' : 'no-report';
  if (status === 'unknown' && word === 'unknown') return 'no-status';
  if (status === word) return 'reported';
  return status === 'offline' ? 'silent' : 'recent';
}

/** Why the device has its status, and who says otherwise (design §3). */
export function statusReason(facts: Facts): StatusReason {
  const sorted = [...facts.reported].sort(newestFirst);
  const newest = sorted[0];
  const others = sorted.slice(1).filter((report) => newest !== undefined && report.status !== newest.status);
  return { kind: kindOf(facts, newest), newest, others };
}
