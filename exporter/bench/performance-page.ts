import { markdownTable, type Row } from './rows.ts';

/** Where and when the figures were taken. */
export interface Circumstances {
  /** ISO date. */
  readonly date: string;
  readonly machine: string;
  readonly runtimes: string;
}

/** The part of the page that the benches write: circumstances, command and table. */
export function resultSection(rows: readonly Row[], { date, machine, runtimes }: Circumstances): string {
  return [
    `Taken on ${date} by \`npm run bench\` on ${machine}; ${runtimes}.`,
    '',
    markdownTable(rows.filter(({ verdict }) => verdict !== 'info')),
    'For orientation, without a target:',
    '',
    markdownTable(rows.filter(({ verdict }) => verdict === 'info')),
  ].join('\n');
}

/**
 * The page with the text between the two markers of a bench replaced. Throws an Error when it does not have them in
 * order.
 */
export function replaceResults(page: string, section: string, bench = 'bench'): string {
  const first = `<!-- ${bench}:begin -->`;
  const last = `<!-- ${bench}:end -->`;
  const begin = page.indexOf(first);
  const end = page.indexOf(last);
  if (begin < 0 || end < begin) throw new Error(`the page needs the lines "${first}" and "${last}"`);
  return `${page.slice(0, begin)}${first}\n\n${section}\n${page.slice(end)}`;
}
