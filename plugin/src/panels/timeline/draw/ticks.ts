import { dateTimeForTimeZone, systemDateFormats } from '@grafana/data';
import { formatWords } from '../../../kit/time/timeWords';
import type { Span } from '../data/row';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((count) => count * DAY),
];

/** A line on the axis of time. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

function formatOf(step: number, range: number): string {
  const { interval } = systemDateFormats;
  if (step < MINUTE) return interval.second;
  if (step < DAY) return range > DAY ? interval.hour : interval.minute;
  return step < 30 * DAY ? interval.day : interval.month;
}

/** Round times of the zone, as many as have room. */
export function ticksOf({ from, to }: Span, width: number, timeZone: string): readonly Tick[] {
  const range = to - from;
  if (range <= 0 || width <= 0) return [];
  const room = range > DAY ? 96 : 72;
  const least = (range * room) / width;
  const step = STEPS.find((one) => one >= least) ?? 365 * DAY;
  // Whole hours and days are those of the zone, half an hour beside others in some.
  const offset = dateTimeForTimeZone(timeZone, from).utcOffset() * MINUTE;
  const format = formatOf(step, range);
  const ticks: Tick[] = [];
  for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to; at += step) {
    ticks.push({ at, text: formatWords(at, format, timeZone) });
  }
  return ticks;
}
