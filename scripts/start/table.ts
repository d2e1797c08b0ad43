/** One line of what `npm start` prints: a part of the stack, where it is, and what to know about it. */
export interface TableRow {
  readonly part: string;
  readonly state: 'runs' | 'missing' | 'off';
  readonly where: string;
  readonly note: string;
}

const SIGNS = { runs: '●', missing: '○', off: '–' } as const;

/** The rows as aligned text. */
export function renderTable(rows: readonly TableRow[]): string {
  const width = (cell: (row: TableRow) => string): number =>
    Math.max(0, ...rows.map((row) => cell(row).length));
  const partWidth = width((row) => row.part);
  const whereWidth = width((row) => row.where);
  return rows
    .map((row) =>
      `  ${SIGNS[row.state]} ${row.part.padEnd(partWidth)}  ${row.where.padEnd(whereWidth)}  ${row.note}`.trimEnd(),
    )
    .join('\n');
}
