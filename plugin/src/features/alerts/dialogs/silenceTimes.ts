import { dateTimeForTimeZone } from '@grafana/data';
import { parseDuration } from '../../../domain/duration';

/** How long a silence lasts, as people choose it; `custom` is a duration that they write. */
export const SILENCE_LENGTHS = ['30m', '2h', 'tomorrow', 'custom'] as const;
export type SilenceLength = (typeof SILENCE_LENGTHS)[number];

/** When people are back at work. */
const MORNING_HOUR = 9;

/** When a silence that begins now ends, milliseconds since the epoch; undefined when the text is no duration. */
export function silenceEnd(
  length: SilenceLength,
  custom: string,
  now: number,
  timeZone: string,
): number | undefined {
  if (length === 'tomorrow') {
    const morning = dateTimeForTimeZone(timeZone, now).add(1, 'd').startOf('d');
    morning.set('hour', MORNING_HOUR);
    return morning.valueOf();
  }
  const duration = parseDuration(length === 'custom' ? custom.trim() : length);
  return duration === undefined || duration === 0 ? undefined : now + duration;
}
