import { ExpressionError } from './errors.ts';

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** Units from the largest to the smallest, each at most once. */
const DURATION = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?$/;

/** Prometheus' duration in milliseconds, e.g. of `1h30m`; undefined when the text is none. */
export function parsePromDuration(text: string): number | undefined {
  if (text === '' || !DURATION.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g))
    total += Number(amount) * (UNITS[unit ?? ''] ?? 0);
  return total;
}

/** A number of PromQL; durations count as seconds (Prometheus 3). Throws an ExpressionError when it is none. */
export function parseNumber(text: string, at: number): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[+-]/, '').toLowerCase();
  if (digits === 'inf') return sign * Infinity;
  if (digits === 'nan') return NaN;
  const duration = parsePromDuration(digits);
  if (duration !== undefined) return (sign * duration) / 1000;
  // Go reads a leading zero as octal.
  const octal = /^0[0-7]+$/.test(digits);
  const value = octal ? parseInt(digits, 8) : Number(digits);
  if (digits.startsWith('0b') || digits.startsWith('0o') || Number.isNaN(value))
    throw new ExpressionError(`${text} is no number that is supported here`, at);
  return sign * value;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** The text of a string literal with its quotes: Go's escapes, none between back quotes. */
export function parseString(literal: string, at: number): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`')) return inner;
  return inner.replace(
    /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|.)/gs,
    (escape, body: string): string => {
      if (/^[uU]./.test(body)) return String.fromCodePoint(parseInt(body.slice(1), 16));
      const simple = ESCAPES[body];
      if (simple !== undefined) return simple;
      const byte = body.startsWith('x') ? parseInt(body.slice(1), 16) : parseInt(body, 8);
      if (Number.isNaN(byte) || byte > 0x7f)
        throw new ExpressionError(`${escape} is no escape that is supported here`, at);
      return String.fromCharCode(byte);
    },
  );
}
