import { z } from 'zod';

/** A stretch of the week: minutes of the day on which it begins; over midnight when `to` is not after `from`. */
export interface QuietSpan {
  /** 0: Sunday. */
  readonly days: ReadonlySet<number>;
  readonly from: number;
  readonly to: number;
}

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const SPAN = /^(?:([a-z]{3})(?:-([a-z]{3}))?\s+)?(\d{2}):(\d{2})-(\d{2}):(\d{2})$/;

function dayOf(word: string): number {
  return WEEKDAYS.findIndex((day) => day === word);
}

/** The days from one to the other, over the end of the week where that is the way; all without any. */
function daysOf(first: string | undefined, last: string | undefined): ReadonlySet<number> | undefined {
  if (first === undefined) return new Set(WEEKDAYS.keys());
  const [from, to] = [dayOf(first), dayOf(last ?? first)];
  if (from < 0 || to < 0) return undefined;
  const length = ((to - from + 7) % 7) + 1;
  return new Set(Array.from({ length }, (_, index) => (from + index) % 7));
}

function minutesOf(hours: string | undefined, minutes: string | undefined): number | undefined {
  const total = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && total <= 24 * 60 ? total : undefined;
}

/** Reads `22:00-06:00` or `Sat-Sun 00:00-24:00`; undefined when the text is none. */
export function parseQuietSpan(text: string): QuietSpan | undefined {
  const match = SPAN.exec(text.trim().toLowerCase());
  if (match === null) return undefined;
  const [, first, last, fromHours, fromMinutes, toHours, toMinutes] = match;
  const days = daysOf(first, last);
  const from = minutesOf(fromHours, fromMinutes);
  const to = minutesOf(toHours, toMinutes);
  if (days === undefined || from === undefined || to === undefined || from === to || from === 24 * 60)
    return undefined;
  return { days, from, to };
}

/** A time of the day, in minutes; undefined when there is none. */
export function timeOfDay() {
  return z
    .string()
    .transform((text, context) => {
      const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(text.trim()) ?? [];
      const time = hours === undefined ? undefined : minutesOf(hours, minutes);
      if (time !== undefined && time < 24 * 60) return time;
      context.addIssue({ code: 'custom' });
      return z.NEVER;
    })
    .optional()
    .meta({ allowed: 'a time of the day, e.g. 08:00' });
}

/** Stretches of the week, separated by commas. */
export function quietSpans() {
  const allowed = 'stretches separated by commas, e.g. 22:00-06:00, Sat-Sun 00:00-24:00';
  return z
    .union([z.string(), z.array(z.string())])
    .transform((value, context) => {
      const texts = (typeof value === 'string' ? value.split(',') : value)
        .map((text) => text.trim())
        .filter((text) => text !== '');
      return texts.flatMap((text): QuietSpan[] => {
        const span = parseQuietSpan(text);
        if (span === undefined) context.addIssue({ code: 'custom' });
        return span === undefined ? [] : [span];
      });
    })
    .prefault('')
    .meta({ allowed });
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A time zone by its name, e.g. Europe/Berlin. */
export function timeZone() {
  return z.string().refine(isTimeZone).default('UTC').meta({ allowed: 'a time zone, e.g. Europe/Berlin' });
}
