import type { Pattern } from './pattern.ts';
import { templateOf } from './pattern.ts';
import type { ServiceCounts } from './services.ts';

/** Minutes that health looks back unless asked otherwise. */
export const HEALTH_MINUTES = 15;

/** Health of a service under the seed's names, and why. */
export interface ServiceHealth {
  /** 100 less the percentage of errors; null when the service said nothing in the window. */
  readonly health_score: number | null;
  readonly total_logs: number;
  /** Part of the entries that are ERROR or CRITICAL, 0 to 1. */
  readonly error_rate: number;
  readonly status: 'healthy' | 'degraded' | 'unhealthy' | 'unknown';
  /** Why, in words. */
  readonly reason: string;
  readonly window_minutes: number;
  /** The most frequent pattern of its errors. */
  readonly top_error: { readonly pattern: string; readonly template: string; readonly count: number } | null;
}

function statusOf(score: number): ServiceHealth['status'] {
  if (score > 80) return 'healthy';
  return score > 60 ? 'degraded' : 'unhealthy';
}

/** A part as a percentage with two digits where they matter: `39 %`, `0.4 %`. */
function percent(part: number): string {
  const value = part * 100;
  return `${value >= 10 ? Math.round(value) : Number(value.toPrecision(2))} %`;
}

function topOf(patterns: ReadonlyMap<Pattern, number>): [Pattern, number] | undefined {
  let top: [Pattern, number] | undefined;
  for (const entry of patterns) if (top === undefined || entry[1] > top[1]) top = entry;
  return top;
}

function reasonOf(
  total: number,
  errors: number,
  minutes: number,
  top: [Pattern, number] | undefined,
): string {
  const window = minutes === 1 ? 'the last minute' : `the last ${minutes} minutes`;
  if (total === 0) return `no line in ${window}`;
  if (errors === 0) return `no error in ${total === 1 ? '1 line' : `${total} lines`} of ${window}`;
  const said = `${percent(errors / total)} errors`;
  if (top === undefined) return said;
  const [pattern, count] = top;
  return `${said}, ${count * 2 > errors ? 'mostly' : 'most often'} «${templateOf(pattern)}»`;
}

/** Health of a service over the newest `minutes` minutes (1 to 60) of reading; `now` is monotonic. */
export function healthOf({ minutes: counts }: ServiceCounts, now: number, minutes: number): ServiceHealth {
  const { total, errors, patterns } = counts.within(now, minutes);
  const top = topOf(patterns);
  const rate = total === 0 ? 0 : errors / total;
  const score = total === 0 ? null : Math.max(0, 100 - rate * 100);
  return {
    health_score: score,
    total_logs: total,
    error_rate: rate,
    status: score === null ? 'unknown' : statusOf(score),
    reason: reasonOf(total, errors, minutes, top),
    window_minutes: minutes,
    top_error: top === undefined ? null : { pattern: top[0].id, template: templateOf(top[0]), count: top[1] },
  };
}
