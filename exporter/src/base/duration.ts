const UNITS: readonly (readonly [size: number, unit: string])[] = [
  [31_536_000_000, 'y'],
  [604_800_000, 'w'],
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
  [1, 'ms'],
];

/** Units from the largest to the smallest, each at most once. */
const DURATION = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?$/;

/** A duration in Prometheus' spelling, such as `1h30m` or `500ms`, in milliseconds; undefined when the text is none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  if (text === '' || !DURATION.test(text)) return undefined;
  const sizes = new Map(UNITS.map(([size, unit]) => [unit, size]));
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g))
    total += Number(amount) * (sizes.get(unit ?? '') ?? 0);
  return total;
}

/** Milliseconds in Prometheus' spelling, e.g. `3d` or `1h30m`; weeks and years are written in days. */
export function spellDuration(milliseconds: number): string {
  let rest = milliseconds;
  let text = '';
  for (const [size, unit] of UNITS) {
    if (unit === 'y' || unit === 'w') continue;
    const amount = Math.floor(rest / size);
    if (amount > 0) text += `${amount}${unit}`;
    rest -= amount * size;
  }
  return text === '' ? '0s' : text;
}
