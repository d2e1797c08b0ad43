import { goSignificant } from './go-format.ts';

const LARGE = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'] as const;
const LARGE_BINARY = ['ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'] as const;
const SMALL = ['m', 'u', 'n', 'p', 'f', 'a', 'z', 'y'] as const;

function scaled(
  value: number,
  prefixes: readonly string[],
  step: number,
  isDone: (v: number) => boolean,
): string {
  let rest = value;
  let used = '';
  for (const prefix of prefixes) {
    if (isDone(Math.abs(rest))) break;
    used = prefix;
    rest /= step;
  }
  return goSignificant(rest, 4) + used;
}

function hasNoScale(value: number): boolean {
  return value === 0 || !Number.isFinite(value);
}

/** Prometheus' `humanize`: four digits and a prefix, e.g. `1.235k` or `12m`. */
export function humanize(value: number): string {
  if (hasNoScale(value)) return goSignificant(value, 4);
  return Math.abs(value) >= 1
    ? scaled(value, LARGE, 1000, (v) => v < 1000)
    : scaled(value, SMALL, 1 / 1000, (v) => v >= 1);
}

/** Prometheus' `humanize1024`, e.g. `1.5Gi`. */
export function humanize1024(value: number): string {
  if (Math.abs(value) <= 1 || hasNoScale(value)) return goSignificant(value, 4);
  return scaled(value, LARGE_BINARY, 1024, (v) => v < 1024);
}

/** Prometheus' `humanizePercentage`: of a share, e.g. `12.5%` of 0.125. */
export function humanizePercentage(value: number): string {
  return `${goSignificant(value * 100, 4)}%`;
}

/** Prometheus' `humanizeDuration`: of seconds, e.g. `1d 3h 46m 40s`. */
export function humanizeDuration(value: number): string {
  if (!Number.isFinite(value)) return goSignificant(value, 4);
  const magnitude = Math.abs(value);
  if (value !== 0 && magnitude < 1) return `${scaled(value, SMALL, 1 / 1000, (v) => v >= 1)}s`;
  if (magnitude < 60) return `${goSignificant(value, 4)}s`;
  const whole = Math.trunc(magnitude);
  const parts: readonly (readonly [number, string])[] = [
    [Math.trunc(whole / 86_400), 'd'],
    [Math.trunc(whole / 3600) % 24, 'h'],
    [Math.trunc(whole / 60) % 60, 'm'],
    [whole % 60, 's'],
  ];
  const shown = parts.slice(parts.findIndex(([amount]) => amount > 0));
  return (value < 0 ? '-' : '') + shown.map(([amount, unit]) => `${amount}${unit}`).join(' ');
}
