/** Spellings of one unit, lower case without spaces, after `µ` (micro sign) became `μ` (Greek mu). */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  '°C': [
    '°c',
    'celsius',
    'degc',
    'deg_c',
    'degree_celsius',
    'degrees_celsius',
    'degreescelsius',
    'ºc',
    '℃',
    'c',
  ],
  '°F': ['°f', 'fahrenheit', 'degf', 'deg_f', 'degrees_fahrenheit', 'degreesfahrenheit', 'ºf', '℉', 'f'],
  K: ['k', 'kelvin'],
  '%': ['%', 'percent', 'percentage', 'pct'],
  W: ['w', 'watt', 'watts'],
  kW: ['kw', 'kilowatt', 'kilowatts'],
  V: ['v', 'volt', 'volts'],
  A: ['a', 'amp', 'amps', 'ampere', 'amperes'],
  Hz: ['hz', 'hertz'],
  hPa: ['hpa', 'hectopascal', 'hectopascals'],
  Pa: ['pa', 'pascal', 'pascals'],
  lx: ['lx', 'lux'],
  s: ['s', 'sec', 'second', 'seconds'],
  ms: ['ms', 'millisecond', 'milliseconds'],
  B: ['bytes'],
  dBm: ['dbm'],
  kbps: ['kbps', 'kbit/s', 'kb/s'],
  'L/min': ['l/min', 'lpm', 'liters_per_minute', 'litersperminute'],
  'μg/m³': ['μg/m³', 'μg/m3', 'ug/m3', 'ug/m³', 'μg/m^3', 'ug/m^3'],
  'mm/s': ['mm/s', 'mm/sec'],
  ppm: ['ppm'],
  count: ['count', 'counts'],
};

const CANONICAL = new Map(
  Object.entries(SPELLINGS).flatMap(([unit, spellings]) =>
    spellings.map((spelling) => [spelling, unit] as const),
  ),
);

/** Single letters mean different units in other cases (`mW`, `c`): only these spellings are believed. */
const LETTERS = new Set(['C', 'F', 'K', 'W', 'V', 'A', 's']);

function spelling(unit: string): string {
  return unit.trim().replaceAll('µ', 'μ');
}

/** True for a lone letter in a case in which it is no unit. */
function isOtherLetter(unit: string): boolean {
  return unit.length === 1 && /[a-z]/i.test(unit) && !LETTERS.has(unit);
}

/** The unit's one spelling; undefined for a unit that is not in the list. */
function canonical(unit: string): string | undefined {
  const trimmed = spelling(unit);
  return isOtherLetter(trimmed) ? undefined : CANONICAL.get(trimmed.toLowerCase().replaceAll(' ', ''));
}

/** True for any spelling of a unit in the list. */
export function isKnownUnit(unit: string): boolean {
  return canonical(unit) !== undefined;
}

/**
 * One spelling for one unit, so that `celsius` and `°C` are one series (captures: backend simulator against
 * mock fleet). An unknown unit stays as it is, without outer spaces; what is no text is ''.
 */
export function normaliseUnit(unit: unknown): string {
  if (typeof unit !== 'string') return '';
  return canonical(unit) ?? spelling(unit);
}

/** `normaliseUnit` with a memory: a fleet repeats a few dozen units, and each message asks for one. */
export function createUnitCache(limit: number): (unit: unknown) => string {
  const known = new Map<string, string>();
  return (unit) => {
    if (typeof unit !== 'string') return '';
    const found = known.get(unit);
    if (found !== undefined) return found;
    const normalised = normaliseUnit(unit);
    if (known.size < limit && unit.length <= 64) known.set(unit, normalised);
    return normalised;
  };
}
