import type { FaultRecord } from './fault-record.ts';
import { quantile } from './figures.ts';
import type { Outcome } from './outcome.ts';
import type { Verdict } from './verdicts.ts';

const MARK = { good: 'yes', bad: '**no**', unknown: '–' } as const;

/** Milliseconds as h:mm:ss. */
export function clockOf(milliseconds: number): string {
  const whole = Math.round(milliseconds / 1000);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

const seconds = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? 'never' : `${(milliseconds / 1000).toFixed(0)} s`;
const cell = (text: string): string => text.replaceAll('|', '\\|');

/** A table of markdown, aligned as prettier does. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map(cell));
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const [first = [], ...rest] = all;
  return [line(first), rule, ...rest.map(line)].join('\n');
}

/** The verdicts as lines for the terminal. */
export function verdictLines(verdicts: readonly Verdict[]): string {
  const width = Math.max(...verdicts.map(({ check }) => check.length));
  const mark = { good: 'ok     ', bad: 'FAILED ', unknown: 'unknown' } as const;
  return verdicts.map(({ check, is, words }) => `${mark[is]}  ${check.padEnd(width)}  ${words}`).join('\n');
}

function faultRow(records: readonly FaultRecord[]): readonly string[] {
  const [first] = records;
  if (first === undefined) return [];
  const { fault } = first.planned;
  const named = records.flatMap(({ named: by }) => (by === undefined ? [] : [by]));
  const slowest = named.length === 0 ? undefined : Math.max(...named.map(({ after }) => after));
  const recovered = records.map((record) => record.recovered);
  const fired = [...new Set(records.flatMap((record) => [...record.fired]))];
  return [
    fault.name,
    String(records.length),
    fault.signs.length === 0
      ? (fault.unnamed ?? '')
      : [...new Set(named.map(({ words }) => `\`${words}\``))].join(', ') || 'nothing',
    fault.signs.length === 0 ? '–' : seconds(slowest),
    fired.join(', ') || '–',
    recovered.includes(undefined) ? 'never' : seconds(Math.max(...recovered.map((time) => time ?? 0))),
  ];
}

/** The result of a run as markdown. */
export function reportOf(outcome: Outcome, verdicts: readonly Verdict[]): string {
  const { options, lasted, faults, figures, leftOut } = outcome;
  const over = faults.filter(({ lasted: time }) => time !== undefined);
  const byName = Map.groupBy(over, ({ planned }) => planned.fault.name);
  const figure = (name: string, numbers: readonly number[], unit: (value: number) => string): string[] => [
    name,
    unit(quantile(numbers, 0.5)),
    unit(quantile(numbers, 0.95)),
    unit(Math.max(...numbers.filter((number) => !Number.isNaN(number)))),
  ];
  const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MiB`;
  const milliseconds = (time: number): string => `${(time * 1000).toFixed(0)} ms`;
  return [
    `${clockOf(lasted)} hours with ${options.devices} devices and ${over.length} faults (seed ${options.seed}).`,
    table(
      ['check', 'holds', 'figures'],
      verdicts.map(({ check, is, words }) => [check, MARK[is], words]),
    ),
    table(
      ['of the exporter', 'median', '95 %', 'most'],
      [
        figure(
          'resident memory',
          figures.map(({ rss }) => rss),
          megabytes,
        ),
        figure(
          'heap in use',
          figures.map(({ heap }) => heap),
          megabytes,
        ),
        figure(
          'event loop, p99',
          figures.map(({ lagP99 }) => lagP99),
          milliseconds,
        ),
        figure(
          'event loop, longest turn',
          figures.map(({ lagMax }) => lagMax),
          milliseconds,
        ),
        figure(
          'scrape',
          figures.map(({ scrape }) => scrape),
          milliseconds,
        ),
        figure(
          'open files',
          figures.map(({ files }) => files),
          String,
        ),
      ],
    ),
    table(
      ['fault', 'times', 'named by', 'within', 'alert fired', 'recovered within'],
      [...byName.values()].map(faultRow).sort((a, b) => (a[0] ?? '').localeCompare(b[0] ?? '')),
    ),
    ...(leftOut.length === 0
      ? []
      : [`Left out here: ${leftOut.map(({ name, reason }) => `${name} (${reason})`).join('; ')}.`]),
  ].join('\n\n');
}
