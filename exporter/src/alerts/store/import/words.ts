import type { Imported } from './import.ts';

const count = (number: number): string => number.toLocaleString('en-US');

/** What was taken over, for whoever asked for it; `took` in milliseconds. */
export function importWords({ at, before, rows, open, waiting, kept }: Imported, took: number): string[] {
  const found = rows.filter(([, number]) => number > 0).map(([what, number]) => `${count(number)} ${what}`);
  const done = before
    ? [`nothing to do: the database has taken it over on ${new Date(at).toISOString()}`]
    : [
        `took over ${found.join(', ') || 'nothing'} in ${(took / 1000).toFixed(1)} s`,
        `${count(open)} of the alerts are open, ${count(waiting)} of the notices wait to be told`,
      ];
  return [
    ...done,
    'as' in kept
      ? `the file is kept as ${kept.as}`
      : `the file keeps its name (${kept.because}): move it, so that no exporter goes on with it`,
  ];
}
