import type { DeviceStatus } from '../../metrics/catalogue/devices.ts';
import type { SourceReport } from '../collector-words.ts';
import type { Look } from './status-language.ts';

export type Counts = Readonly<Record<DeviceStatus, number>>;

export interface Verdict {
  readonly text: string;
  readonly tone: Look['tone'];
}

/** A whole number with thousands separated: `1,250`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

const plural = (count: number, one: string, many: string): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** Answers "do I need to act?" for the devices; error and offline need somebody. Without counts: why not. */
export function fleetVerdict(counts: Counts | undefined): Verdict {
  if (counts === undefined) return { text: 'No source has told which devices there are yet.', tone: 'soft' };
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const needed = counts.error + counts.offline;
  if (needed > 0) return { text: `${plural(needed, 'device needs', 'devices need')} you.`, tone: 'error' };
  if (total === 0) return { text: 'The platform has no active devices.', tone: 'soft' };
  const fine = counts.online + counts.maintenance;
  if (fine === total)
    return { text: `All ${plural(total, 'device is', 'devices are')} fine.`, tone: 'success' };
  return {
    text: `No device needs you; ${formatCount(fine)} of ${formatCount(total)} are fine.`,
    tone: 'success',
  };
}

/** The same for the sources. */
export function sourceVerdict(sources: readonly SourceReport[]): Verdict {
  const configured = sources.filter((source) => source.state !== 'not_configured');
  const bad = configured.filter((source) => source.state === 'failing' || source.state === 'paused');
  const waiting = configured.filter((source) => source.state === 'waiting');
  if (configured.length === 0)
    return { text: 'No source is configured: see below what turns each one on.', tone: 'warning' };
  if (bad.length > 0)
    return {
      text: `${plural(bad.length, 'source fails', 'sources fail')}: ${bad.map((s) => s.name).join(', ')}.`,
      tone: 'error',
    };
  if (waiting.length > 0)
    return { text: `Waiting for ${waiting.map((source) => source.name).join(', ')}.`, tone: 'soft' };
  return { text: 'All sources answer.', tone: 'success' };
}
