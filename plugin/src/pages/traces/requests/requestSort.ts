import type { RequestFigures } from './requestFigures';

/** What the table can be sorted by. */
export const SORT_COLUMNS = ['name', 'rate', 'errors', 'median', 'slow'] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

export interface RequestSort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** What fails comes first, then what is asked for most. */
const DEFAULT: RequestSort = { column: 'errors', descending: true };

/** The sort order of the address: a column, with a minus before it for descending. */
export function readRequestSort(query: URLSearchParams): RequestSort {
  const text = query.get('sort') ?? '';
  const column = SORT_COLUMNS.find((name) => name === text.replace(/^-/, ''));
  return column === undefined ? DEFAULT : { column, descending: text.startsWith('-') };
}

/** The sort order as the address has it. */
export function writeRequestSort({ column, descending }: RequestSort): string {
  return `${descending ? '-' : ''}${column}`;
}

function valueOf(item: RequestFigures, column: Exclude<SortColumn, 'name'>): number {
  return (column === 'errors' ? item.errorRate : item[column]) ?? -1;
}

/** A sorted copy; of equals those that are asked for most come first. */
export function sortRequests(
  items: readonly RequestFigures[],
  { column, descending }: RequestSort,
): RequestFigures[] {
  const compare = (a: RequestFigures, b: RequestFigures): number => {
    if (column === 'name') return a.name < b.name ? -1 : 1;
    return valueOf(a, column) - valueOf(b, column);
  };
  const sign = descending ? -1 : 1;
  return [...items].sort((a, b) => sign * compare(a, b) || b.rate - a.rate || (a.name < b.name ? -1 : 1));
}
