import { type SeverityClass, severityClass } from '../../base/severity.ts';
import { type QuietSpan, WEEKDAYS } from '../../config/quiet-hours.ts';
import type { Alert } from '../alert.ts';

/** Hours in which people are told of the worst alone. */
export interface QuietHours {
  /** Milliseconds since the epoch. */
  isQuiet(now: number): boolean;
  /** Whether nobody may be told of the alert now. */
  keepsQuiet(now: number): (alert: Pick<Alert, 'labels'>) => boolean;
}

const DAY = 24 * 60;

/** Day of the week (0: Sunday) and minute of the day there. */
function clockThere(timeZone: string): (now: number) => { day: number; minute: number } {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  return (now) => {
    const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
    const word = parts.get('weekday')?.toLowerCase();
    return {
      day: WEEKDAYS.findIndex((day) => day === word),
      minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
    };
  };
}

function holds({ days, from, to }: QuietSpan, day: number, minute: number): boolean {
  if (from < to) return days.has(day) && minute >= from && minute < to;
  const yesterday = (day + 6) % 7;
  return (days.has(day) && minute >= from && minute < DAY) || (days.has(yesterday) && minute < to);
}

/** Alerts of the severities of `except` are told at any time. */
export function createQuietHours(
  spans: readonly QuietSpan[],
  timeZone: string,
  except: readonly SeverityClass[],
): QuietHours {
  const there = clockThere(timeZone);
  const excepted = new Set(except);
  const isQuiet = (now: number): boolean => {
    if (spans.length === 0) return false;
    const { day, minute } = there(now);
    return spans.some((span) => holds(span, day, minute));
  };
  return {
    isQuiet,
    keepsQuiet: (now) => {
      const quiet = isQuiet(now);
      return ({ labels }) => quiet && !excepted.has(severityClass(labels['severity'] ?? ''));
    },
  };
}
