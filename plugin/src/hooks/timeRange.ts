import { dateTime, rangeUtil, type TimeRange } from '@grafana/data';

/** What pages show when the address says nothing. */
export const DEFAULT_FROM = 'now-1h';
export const DEFAULT_TO = 'now';
export const DEFAULT_REFRESH = '30s';

/** A bound in the address: a relative text, milliseconds since the epoch, or an ISO time. */
function bound(text: string) {
  if (/^\d{11,14}$/.test(text)) return dateTime(Number(text));
  return text.startsWith('now') ? text : dateTime(text);
}

/** The range of the address; one that cannot be read, or ends before it begins, is the last hour. */
export function readTimeRange(from: string | null, to: string | null): TimeRange {
  const raw = { from: bound(from ?? DEFAULT_FROM), to: bound(to ?? DEFAULT_TO) };
  const range = rangeUtil.convertRawToRange(raw);
  if (range.from.isValid() && range.to.isValid() && range.from.isBefore(range.to)) return range;
  return rangeUtil.convertRawToRange({ from: DEFAULT_FROM, to: DEFAULT_TO });
}

/** How the address writes a bound. */
export function writeBound(value: TimeRange['raw']['from']): string {
  return typeof value === 'string' ? value : String(value.valueOf());
}
