import { TIME_PARAMETERS } from '../time/timeRange';

/** What somebody wants to see again of a page: its filters, order and columns by a name. The time stays as it is. */
export interface SavedView {
  readonly name: string;
  /** The query of the address, without a leading question mark. */
  readonly search: string;
}

/** How many characters a name has at most: it stands in a list beside a button. */
export const LONGEST_NAME = 80;

/** The item of the user's storage that holds the views of a page: Grafana 12.3 gets and sets items, and lists none. */
export function viewsKey(page: string): string {
  return `views:${page}`;
}

/** The views as the storage keeps them: pairs of name and query. */
export function viewsText(views: readonly SavedView[]): string {
  return JSON.stringify(views.map(({ name, search }) => [name, search]));
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function viewOf(pair: unknown): SavedView[] {
  const [name, search] = list(pair);
  return typeof name === 'string' && typeof search === 'string' ? [{ name, search }] : [];
}

/** The views in an item of the storage, by name; none where there is no item. Throws where it is no JSON. */
export function readViews(text: string | null | undefined): SavedView[] {
  if (text === null || text === undefined || text === '') return [];
  return list(JSON.parse(text))
    .flatMap(viewOf)
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
