/** Functions of one value. */
const OF_VALUE: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  exp: Math.exp,
  sqrt: Math.sqrt,
  ln: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sgn: Math.sign,
};

/** Functions of a moment, in UTC. */
const OF_DATE: Readonly<Record<string, (date: Date) => number>> = {
  minute: (date) => date.getUTCMinutes(),
  hour: (date) => date.getUTCHours(),
  day_of_week: (date) => date.getUTCDay(),
  day_of_month: (date) => date.getUTCDate(),
  month: (date) => date.getUTCMonth() + 1,
  year: (date) => date.getUTCFullYear(),
};

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

/** What happens to each value of a vector; undefined when the function is none of these. */
export function valueFunction(
  name: string,
  [first, second = NaN]: readonly number[],
): ((value: number) => number) | undefined {
  const date = OF_DATE[name];
  if (date !== undefined) return (seconds) => date(new Date(Math.trunc(seconds) * 1000));
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
      return OF_VALUE[name];
  }
}
