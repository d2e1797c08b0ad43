import { markdownTable, type Row, VERDICTS } from './rows.ts';

/** Where and when the figures were taken. */
export interface Circumstances {
  /** ISO date. */
  readonly date: string;
  readonly machine: string;
  readonly runtimes: string;
}

/** Begin of the line about benches that were run again alone. */
const LATER = 'Taken again alone: ';

/** The part of the page that the benches write: circumstances, command and table. */
export function resultSection(rows: readonly Row[], circumstances: Circumstances): string {
  const { date, machine, runtimes } = circumstances;
  return tables(rows, [`Taken on ${date} by \`npm run bench\` on ${machine}; ${runtimes}.`]);
}

function tables(rows: readonly Row[], heads: readonly string[]): string {
  return [
    ...heads,
    '',
    markdownTable(rows.filter(({ verdict }) => verdict !== 'info')),
    'For orientation, without a target:',
    '',
    markdownTable(rows.filter(({ verdict }) => verdict === 'info')),
  ].join('\n');
}

/** The rows of the tables, as they stand on a page. */
function rowsOn(section: string): Row[] {
  return section.split('\n').flatMap((line) => {
    const [, measure = '', value = '', target = '', word] = line.split('|').map((cell) => cell.trim());
    const verdict = VERDICTS.find((known) => known === word);
    return verdict === undefined ? [] : [{ measure, value, target, verdict }];
  });
}

/**
 * The section with the rows of benches that were run alone in the place of their old ones, and new ones at the end; it says which
 * benches, when and where.
 */
export function renewRows(
  section: string,
  fresh: readonly Row[],
  names: readonly string[],
  { date, machine, runtimes }: Circumstances,
): string {
  const lines = section.trim().split('\n');
  const renewed = new Map(rowsOn(section).map((row) => [row.measure, row] as const));
  for (const row of fresh) renewed.set(row.measure, row);
  const [first = ''] = lines;
  const earlier = lines.filter(
    (line) => line.startsWith(LATER) && !names.some((name) => line.includes(`\`${name}\``)),
  );
  const again = `${LATER}\`${names.join('`, `')}\`, on ${date} on ${machine}; ${runtimes}.`;
  return tables([...renewed.values()], [first, ...[...earlier, again].flatMap((line) => ['', line])]);
}

/** What stands between the two markers of a bench; throws as `replaceResults` does. */
export function resultsOf(page: string, bench = 'bench'): string {
  const { begin, end } = placeOf(page, bench);
  return page.slice(begin + `<!-- ${bench}:begin -->`.length, end);
}

function placeOf(page: string, bench: string): { begin: number; end: number } {
  const first = `<!-- ${bench}:begin -->`;
  const last = `<!-- ${bench}:end -->`;
  const begin = page.indexOf(first);
  const end = page.indexOf(last);
  if (begin < 0 || end < begin) throw new Error(`the page needs the lines "${first}" and "${last}"`);
  return { begin, end };
}

/**
 * The page with the text between the two markers of a bench replaced. Throws an Error when it does not have them in
 * order.
 */
export function replaceResults(page: string, section: string, bench = 'bench'): string {
  const { begin, end } = placeOf(page, bench);
  return `${page.slice(0, begin)}<!-- ${bench}:begin -->\n\n${section}\n${page.slice(end)}`;
}
