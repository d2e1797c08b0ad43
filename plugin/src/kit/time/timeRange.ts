import { dateTime, rangeUtil, type TimeRange } from '@grafana/data';

/** What pages show when the address says nothing. */
export const DEFAULT_FROM = 'now-1h';
export const DEFAULT_TO = 'now';
export const DEFAULT_REFRESH = '30s';

/** A bound in the address: a relative text, milliseconds since the epoch, or an ISO time; undefined for anything else. */
function bound(text: string) {
  if (/^\d{11,14}$/.test(text)) return dateTime(Number(text));
  if (/^now(?:[-+/]|$)/.test(text)) return text;
  return Number.isNaN(Date.parse(text)) || !/^\d{4}-\d\d/.test(text) ? undefined : dateTime(text);
}

const lastHour = (): TimeRange => rangeUtil.convertRawToRange({ from: DEFAULT_FROM, to: DEFAULT_TO });

/** In which zone a day begins, and with which month a fiscal year, 0 for January. */
export interface RangeSettings {
  readonly timeZone: string;
  readonly fiscalYearStartMonth: number;
}

/** The range of the address; one that cannot be read, or ends before it begins, is the last hour. */
export function readTimeRange(from: string | null, to: string | null, settings?: RangeSettings): TimeRange {
  const raw = { from: bound(from ?? DEFAULT_FROM), to: bound(to ?? DEFAULT_TO) };
  if (raw.from === undefined || raw.to === undefined) return lastHour();
  const range = rangeUtil.convertRawToRange(
    { from: raw.from, to: raw.to },
    settings?.timeZone,
    settings?.fiscalYearStartMonth,
  );
  return range.from.isValid() && range.to.isValid() && range.from.isBefore(range.to) ? range : lastHour();
}

/** How the address writes a bound. */
export function writeBound(value: TimeRange['raw']['from']): string {
  return typeof value === 'string' ? value : String(value.valueOf());
}
