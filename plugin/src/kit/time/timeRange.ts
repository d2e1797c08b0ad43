import { dateTime, rangeUtil, type TimeRange } from '@grafana/data';
import type { Span } from '../../api/prometheusClient';

/** The parameters of an address that are its time. */
export const TIME_PARAMETERS = ['from', 'to', 'refresh'] as const;

/** What a page shows when its address says nothing, as the address would write it. */
export interface PageDefaults {
  readonly from: string;
  readonly to: string;
  readonly refresh: string;
}

export const LAST_HOUR: PageDefaults = { from: 'now-1h', to: 'now', refresh: '30s' };

/** A bound in the address: a relative text, milliseconds since the epoch, or an ISO time; undefined for anything else. */
function bound(text: string) {
  if (/^\d{11,14}$/.test(text)) return dateTime(Number(text));
  if (/^now(?:[-+/]|$)/.test(text)) return text;
  return Number.isNaN(Date.parse(text)) || !/^\d{4}-\d\d/.test(text) ? undefined : dateTime(text);
}

const lastHour = (): TimeRange => rangeUtil.convertRawToRange({ from: LAST_HOUR.from, to: LAST_HOUR.to });

/** In which zone a day begins, and with which month a fiscal year, 0 for January. */
export interface RangeSettings {
  readonly timeZone: string;
  readonly fiscalYearStartMonth: number;
}

/** The range of the address; one that cannot be read, or ends before it begins, is the last hour. */
export function readTimeRange(from: string | null, to: string | null, settings?: RangeSettings): TimeRange {
  const raw = { from: bound(from ?? LAST_HOUR.from), to: bound(to ?? LAST_HOUR.to) };
  if (raw.from === undefined || raw.to === undefined) return lastHour();
  const range = rangeUtil.convertRawToRange(
    { from: raw.from, to: raw.to },
    settings?.timeZone,
    settings?.fiscalYearStartMonth,
  );
  return range.from.isValid() && range.to.isValid() && range.from.isBefore(range.to) ? range : lastHour();
}

/** The range between two moments, milliseconds since the epoch. */
export function absoluteRange({ from, to }: Span): TimeRange {
  const range = { from: dateTime(from), to: dateTime(to) };
  return { ...range, raw: range };
}

/** How the address writes a bound. */
export function writeBound(value: TimeRange['raw']['from']): string {
  return typeof value === 'string' ? value : String(value.valueOf());
}
