/** A cell of a CSV file; null is left empty. */
export type CsvCell = string | number | null;

/** Spreadsheets run a cell that begins like this as a formula. */
const FORMULA = /^[\s\u0000-\u001f]*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const harmless = FORMULA.test(cell) || /^[\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",;\r\n']/.test(harmless) || harmless !== harmless.trim()
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}

/**
 * A CSV file after RFC 4180. Text that a spreadsheet would take for a formula gets an apostrophe before it
 * (OWASP, "CSV Injection"); the mark at the beginning makes Excel read UTF-8.
 */
export function csvFile(rows: readonly (readonly CsvCell[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}
