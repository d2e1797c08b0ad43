/** Functions of one value. */
const OF_VALUE: ReadonlyMap<string, (value: number) => number> = new Map([
  ['abs', Math.abs],
  ['ceil', Math.ceil],
  ['floor', Math.floor],
  ['exp', Math.exp],
  ['sqrt', Math.sqrt],
  ['ln', Math.log],
  ['log2', Math.log2],
  ['log10', Math.log10],
  ['sgn', Math.sign],
  ['sin', Math.sin],
  ['cos', Math.cos],
  ['tan', Math.tan],
  ['asin', Math.asin],
  ['acos', Math.acos],
  ['atan', Math.atan],
  ['sinh', Math.sinh],
  ['cosh', Math.cosh],
  ['tanh', Math.tanh],
  ['asinh', Math.asinh],
  ['acosh', Math.acosh],
  ['atanh', Math.atanh],
  ['deg', (value: number) => (value * 180) / Math.PI],
  ['rad', (value: number) => (value * Math.PI) / 180],
]);

/** A moment in UTC, as far as Go's clock reaches. */
interface Moment {
  /** Within 2001 to 2400, which repeat for ever. */
  readonly date: Date;
  readonly year: number;
}

/** Seconds in the 400 years after which the calendar repeats. */
const CYCLE = 146_097n * 86_400n;
/** Where Go's calendar begins: 1 January of this year, which is like 2001. */
const FIRST_YEAR = -292_277_022_399;
const TO_EPOCH = 62_135_596_800n + 730_692_556n * CYCLE;
const MIN_INT64 = -(2n ** 63n);

/** The moment of a number of seconds; what no int64 holds becomes the smallest, as on Prometheus' processors. */
function momentOf(seconds: number): Moment {
  const fits = Math.abs(seconds) < 2 ** 63;
  const since = BigInt.asUintN(64, (fits ? BigInt(Math.trunc(seconds)) : MIN_INT64) + TO_EPOCH);
  const date = new Date(Date.UTC(2001, 0, 1) + Number(since % CYCLE) * 1000);
  return { date, year: date.getUTCFullYear() - 2001 + Number(since / CYCLE) * 400 + FIRST_YEAR };
}

/** Functions of a moment. */
const OF_MOMENT: ReadonlyMap<string, (moment: Moment) => number> = new Map([
  ['minute', ({ date }) => date.getUTCMinutes()],
  ['hour', ({ date }) => date.getUTCHours()],
  ['day_of_week', ({ date }) => date.getUTCDay()],
  ['day_of_month', ({ date }) => date.getUTCDate()],
  [
    'day_of_year',
    ({ date }) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1,
  ],
  [
    'days_in_month',
    ({ date }) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate(),
  ],
  ['month', ({ date }) => date.getUTCMonth() + 1],
  ['year', ({ year }) => year],
]);

/** Rounds to the nearest multiple; halves up, as Prometheus does. */
function round(value: number, to: number): number {
  // The inverse avoids what a division by 0.1 loses.
  const inverse = 1 / to;
  return Math.floor(value * inverse + 0.5) / inverse;
}

/** Go's Max and Min: nothing is beyond infinity, not even what is no number. */
function larger(a: number, b: number): number {
  return a === Infinity || b === Infinity ? Infinity : Math.max(a, b);
}
function smaller(a: number, b: number): number {
  return a === -Infinity || b === -Infinity ? -Infinity : Math.min(a, b);
}

function clamp(value: number, least: number, most: number): number {
  return larger(least, smaller(most, value));
}

/** Functions of native histograms, which no sample here is. */
export const OF_HISTOGRAM: ReadonlySet<string> = new Set([
  'histogram_count',
  'histogram_sum',
  'histogram_fraction',
]);

/** What happens to each value of a vector; undefined when the function is none of these. */
export function valueFunction(
  name: string,
  [first, second = NaN]: readonly number[],
): ((value: number) => number) | undefined {
  const ofMoment = OF_MOMENT.get(name);
  if (ofMoment !== undefined) return (seconds) => ofMoment(momentOf(seconds));
  switch (name) {
    case 'round':
      return (value) => round(value, first ?? 1);
    case 'clamp':
      return (value) => clamp(value, first ?? NaN, second);
    case 'clamp_min':
      return (value) => larger(first ?? NaN, value);
    case 'clamp_max':
      return (value) => smaller(first ?? NaN, value);
    default:
      return OF_VALUE.get(name);
  }
}
