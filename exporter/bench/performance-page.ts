import { markdownTable, type Row } from './rows.ts';

const BEGIN = '<!-- bench:begin -->';
const END = '<!-- bench:end -->';

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

/** The page with the text between its two markers replaced. Throws an Error when it does not have them in order. */
export function replaceResults(page: string, section: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the page needs the lines "${BEGIN}" and "${END}"`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${section}\n${page.slice(end)}`;
}
