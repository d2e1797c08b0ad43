/** A cell of a CSV file; null is left empty. */
export type CsvCell = string | number | null;

/**
 * What spreadsheets run as a formula: at the beginning of a cell, and behind what parts cells where a list is written
 * with semicolons or tabs. There the quotes around a cell that holds a comma part nothing.
 */
const FORMULA = /(^|[;\t\r\n])([\s"\u0000-\u001f]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const harmless = cell.replace(FORMULA, "$1$2'").replace(/^(?=[\t\r])/, "'");
  return /[",;\r\n']/.test(harmless) || harmless !== harmless.trim()
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}

/**
 * A CSV file after RFC 4180. Text that a spreadsheet would take for a formula gets an apostrophe before that
 * (OWASP, "CSV Injection"); the mark at the beginning makes Excel read UTF-8.
 */
export function csvFile(rows: readonly (readonly CsvCell[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}
