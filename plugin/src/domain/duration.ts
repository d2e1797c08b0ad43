const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function isUnit(text: string | undefined): text is keyof typeof UNITS {
  return text !== undefined && text in UNITS;
}

/** Milliseconds of `30s`, `5m`, `1h`, `1d`; undefined for anything else. */
export function parseDuration(text: string | null): number | undefined {
  const [, digits, unit] = /^(\d{1,6})([smhd])$/.exec(text ?? '') ?? [];
  if (!isUnit(unit)) return undefined;
  return Number(digits) * UNITS[unit];
}
