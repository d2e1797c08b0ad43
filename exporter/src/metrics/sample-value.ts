/** More bytes than any rendered value takes: the longest double has 24 characters. */
export const MAX_VALUE_BYTES = 32;

const ZERO = 48;
const DOT = 46;
const MINUS = 45;
/** Below it, whole part and thousandths together stay exact in a double. */
const FAST_LIMIT = 2 ** 31;

/** A sample value as prom-client writes it; both formats take `Nan` in any case. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'Nan';
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  return String(value);
}

function digitCount(whole: number): number {
  if (whole < 10) return 1;
  if (whole < 100) return 2;
  if (whole < 1_000) return 3;
  if (whole < 10_000) return 4;
  if (whole < 100_000) return 5;
  if (whole < 1_000_000) return 6;
  if (whole < 10_000_000) return 7;
  if (whole < 100_000_000) return 8;
  return whole < 1_000_000_000 ? 9 : 10;
}

function writeWhole(out: Uint8Array, start: number, whole: number): number {
  const end = start + digitCount(whole);
  let position = end;
  let rest = whole;
  do {
    const tenth = (rest / 10) | 0;
    position -= 1;
    out[position] = ZERO + rest - tenth * 10;
    rest = tenth;
  } while (rest > 0);
  return end;
}

/** Writes 1 to 999 thousandths after the point, without trailing zeros. */
function writeThousandths(out: Uint8Array, start: number, thousandths: number): number {
  let position = start;
  out[position++] = DOT;
  const tenths = (thousandths / 100) | 0;
  const belowTenths = thousandths - tenths * 100;
  out[position++] = ZERO + tenths;
  if (belowTenths === 0) return position;
  const hundredths = (belowTenths / 10) | 0;
  out[position++] = ZERO + hundredths;
  const last = belowTenths - hundredths * 10;
  if (last > 0) out[position++] = ZERO + last;
  return position;
}

/**
 * Writes the same characters as `formatValue` into the buffer, which must have `MAX_VALUE_BYTES` left, and
 * returns the position after them. Values with at most three decimals, as sensors and clocks give them,
 * are written digit by digit, several times faster than through a string: a decimal of at most 15 digits
 * that reads back as the same double is the shortest one, hence what JavaScript prints.
 */
export function writeValue(out: Buffer, start: number, value: number): number {
  const magnitude = Math.abs(value);
  const thousandths = Math.round(magnitude * 1000);
  if (magnitude < FAST_LIMIT && thousandths / 1000 === magnitude) {
    const whole = Math.floor(magnitude) | 0;
    let position = start;
    if (value < 0) out[position++] = MINUS;
    position = writeWhole(out, position, whole);
    const fraction = (thousandths - whole * 1000) | 0;
    return fraction === 0 ? position : writeThousandths(out, position, fraction);
  }
  return start + out.write(formatValue(value), start, 'latin1');
}
