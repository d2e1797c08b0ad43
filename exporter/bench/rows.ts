export const VERDICTS = ['met', 'missed', 'skipped', 'info'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One line of the table in `docs/performance.md`. */
export interface Row {
  readonly measure: string;
  readonly value: string;
  readonly target: string;
  readonly verdict: Verdict;
}

/** A number with its unit, three significant digits. */
export function quantity(value: number, unit: string): string {
  const digits = Number(value.toPrecision(3));
  return unit === '×' ? `${digits} ×` : `${digits} ${unit}`.trim();
}

/** A value that must not be above its target. `unit` may be `×` for ratios. */
export function atMost(measure: string, value: number, target: number, unit: string): Row {
  const verdict = value <= target ? 'met' : 'missed';
  return { measure, value: quantity(value, unit), target: `≤ ${quantity(target, unit)}`, verdict };
}

/** A value that must not be below its target. */
export function atLeast(measure: string, value: number, target: number, unit: string): Row {
  const verdict = value >= target ? 'met' : 'missed';
  return { measure, value: quantity(value, unit), target: `≥ ${quantity(target, unit)}`, verdict };
}

/** A value without a target, for orientation. */
export function info(measure: string, value: number, unit: string): Row {
  return { measure, value: quantity(value, unit), target: '', verdict: 'info' };
}

/** What could not be measured here, and why. */
export function skipped(measure: string, target: string, reason: string): Row {
  return { measure, value: reason, target, verdict: 'skipped' };
}

/** The rows as a markdown table. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ measure, value, target, verdict }) => `| ${measure} | ${value} | ${target} | ${verdict} |`,
  );
  return ['| measure | value | target | verdict |', '|---|---|---|---|', ...lines, ''].join('\n');
}

/** Prints the rows for people and, as the last line, as JSON for `bench/run.ts`. */
export function report(rows: readonly Row[]): void {
  console.log(markdownTable(rows));
  console.log(JSON.stringify(rows));
}
