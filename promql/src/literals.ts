import { ExpressionError } from './errors.ts';

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
  ['y', 31_536_000_000],
]);

/** Units from the largest to the smallest, each at most once. */
const DURATION = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?$/;

/** What Go's durations can hold, milliseconds. */
const MAX_DURATION = 9_223_372_036_854;

/** Prometheus' duration in milliseconds, e.g. of `1h30m`; undefined when the text is none. */
export function parsePromDuration(text: string): number | undefined {
  if (text === '' || !DURATION.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g))
    total += Number(amount) * (UNITS.get(unit ?? '') ?? 0);
  return total > MAX_DURATION ? undefined : total;
}

/** A number of PromQL without its sign. Throws an ExpressionError when it is none. */
export function parseNumber(text: string, at: number): number {
  const digits = text.toLowerCase();
  if (digits === 'inf') return Infinity;
  if (digits === 'nan') return NaN;
  // Go reads a leading zero as octal.
  const value = /^0[0-7]+$/.test(digits) ? parseInt(digits, 8) : Number(digits);
  if (!Number.isFinite(value)) throw new ExpressionError(`${text} is no number`, at);
  return value;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
]);

/** The character of an escape's number; bytes above ASCII are no text of their own. */
function characterOf(body: string): string | undefined {
  const code = /^[xuU]/.test(body) ? parseInt(body.slice(1), 16) : parseInt(body, 8);
  const most = /^[uU]/.test(body) ? 0x10ffff : 0x7f;
  const isSurrogate = code >= 0xd800 && code < 0xe000;
  return code <= most && !isSurrogate ? String.fromCodePoint(code) : undefined;
}

/** The text of a string literal with its quotes: Go's escapes, none between back quotes. */
export function parseString(literal: string, at: number): string {
  const inner = literal.slice(1, -1);
  const quote = literal.slice(0, 1);
  if (quote === '`') return inner;
  return inner.replace(
    /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|.)/gs,
    (escape, body: string): string => {
      const text = body.length === 1 ? (body === quote ? quote : ESCAPES.get(body)) : characterOf(body);
      if (text === undefined) throw new ExpressionError(`${escape} is no escape that is supported here`, at);
      return text;
    },
  );
}

/** A value as Prometheus writes it in labels and answers: shortest digits, `+Inf`, `-Inf`, `NaN`, never an exponent. */
export function formatSample(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?e([-+]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`;
  return `${sign}${whole}${fraction.padEnd(shift, '0')}`;
}
