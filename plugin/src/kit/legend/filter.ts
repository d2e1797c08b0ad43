import type { Category, CategoryCount } from '../frames/category';

/** What somebody looks for in a panel of devices. */
export interface Filter {
  /** Words that all must occur; case does not matter. */
  readonly search: string;
  /** The categories to show by their keys; none shows all. They stay though no device is left in one. */
  readonly categories: ReadonlyMap<string, Category>;
}

export const NO_FILTER: Filter = { search: '', categories: new Map() };

export function isFiltered({ search, categories }: Filter): boolean {
  return search !== '' || categories.size > 0;
}

/** The filter with a category shown alone, or no more; `add` keeps the others that are shown alone. */
export function withToggled(filter: Filter, category: Category, add: boolean): Filter {
  const { categories } = filter;
  const isAlone = categories.has(category.key) && (add || categories.size === 1);
  const next = new Map(add ? categories : []);
  if (isAlone) next.delete(category.key);
  else next.set(category.key, category);
  return { ...filter, categories: next };
}

/** The counts, and those that are shown alone though nothing is left in them. */
export function entriesOf(
  counts: readonly CategoryCount[],
  { categories }: Filter,
): readonly CategoryCount[] {
  const present = new Set(counts.map(({ category }) => category.key));
  const gone = [...categories.values()].filter(({ key }) => !present.has(key));
  return [...counts, ...gone.map((category) => ({ category, count: 0 }))];
}
