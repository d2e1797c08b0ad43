import type { Category, CategoryCount } from './category';
import { urgencyOf } from './status';

function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order of legends and headings: the most urgent first. */
export function compareCategories(a: Category, b: Category): number {
  return urgencyOf(a.status) - urgencyOf(b.status) || compare(a.rank, b.rank) || compare(a.label, b.label);
}

/** Counts by category, the most urgent first. */
export function countCategories(
  things: readonly { readonly category: Category }[],
): readonly CategoryCount[] {
  const counts = new Map<string, { category: Category; count: number }>();
  let last: { category: Category; count: number } | undefined;
  for (const { category } of things) {
    if (last?.category !== category) {
      last = counts.get(category.key);
      if (last === undefined) {
        last = { category: category.entry ?? category, count: 0 };
        counts.set(category.key, last);
      }
    }
    last.count += 1;
  }
  return [...counts.values()].sort((a, b) => compareCategories(a.category, b.category));
}
