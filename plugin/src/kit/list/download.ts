import { isoTime } from '../../domain/isoTime';

/** Hands a table to the browser as a file with the moment in its name, milliseconds since the epoch. */
export function downloadCsv(name: string, at: number, csv: string): void {
  const stamp = isoTime(at).slice(0, 19).replaceAll(':', '');
  downloadText(`${name}-${stamp}.csv`, 'text/csv;charset=utf-8', csv);
}

function downloadText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
