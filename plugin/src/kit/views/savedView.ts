import { TIME_PARAMETERS } from '../time/timeRange';

/** What somebody wants to see again of a page: its filters, order and columns by a name. The time stays as it is. */
export interface SavedView {
  readonly name: string;
  /** The query of the address, without a leading question mark. */
  readonly search: string;
}

/** How many characters a name has at most: it stands in a list beside a button. */
export const LONGEST_NAME = 80;

/** The key that a view of a page has in the user's storage: one each, so that two windows do not undo each other. */
export function viewKey(page: string, name: string): string {
  return `view:${page}:${name}`;
}

/** The views of a page in what the user's storage holds, by name. */
export function viewsOf(items: Readonly<Record<string, string>>, page: string): SavedView[] {
  const prefix = viewKey(page, '');
  return Object.entries(items)
    .filter(([key]) => key.startsWith(prefix) && key.length > prefix.length)
    .map(([key, search]) => ({ name: key.slice(prefix.length), search }))
    .sort((left, right) => left.name.localeCompare(right.name));
}

/** What of the address is a view: without the time, and without what is `passing`, such as an opened row. */
export function viewSearch(query: URLSearchParams, passing: readonly string[]): string {
  const kept = new URLSearchParams(query);
  for (const name of [...TIME_PARAMETERS, ...passing]) kept.delete(name);
  kept.sort();
  return kept.toString();
}

/** The address of the page with the view, and the time that it has now. */
export function searchOfView({ search }: SavedView, query: URLSearchParams): string {
  const next = new URLSearchParams(search);
  for (const name of TIME_PARAMETERS) {
    const value = query.get(name);
    if (value !== null) next.set(name, value);
  }
  const text = next.toString();
  return text === '' ? '' : `?${text}`;
}
