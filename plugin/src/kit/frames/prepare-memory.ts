import type { GrafanaTheme2 } from '@grafana/data';
import { categoryText, type CategoryInterner, createCategoryInterner } from './categories';
import type { Category } from './category';
import { colorOfStatus } from './colors';
import { createNameOrder, type NameOrder } from './sort-name';
import type { Status } from './status';

/** What is worth keeping from one refresh to the next: names rarely change. */
export interface PrepareMemory {
  readonly order: NameOrder;
  categories: CategoryInterner;
  /** The theme and language-dependent parts are thrown away with the theme. */
  theme: GrafanaTheme2 | undefined;
}

export function createPrepareMemory(): PrepareMemory {
  return { order: createNameOrder(), categories: createCategoryInterner(), theme: undefined };
}

/** The categories that are remembered for the theme; those of another are thrown away. */
export function categoriesIn(memory: PrepareMemory, theme: GrafanaTheme2): CategoryInterner {
  if (memory.theme !== theme) {
    memory.theme = theme;
    memory.categories = createCategoryInterner();
  }
  return memory.categories;
}

/** The category of each status in the theme's colours, made when it is first asked for. */
export function statusCategories(
  theme: GrafanaTheme2,
  categories: CategoryInterner,
): (status: Status) => Category {
  const known = new Map<Status, Category>();
  return (status) => {
    let category = known.get(status);
    if (category === undefined) {
      category = categories.of(categoryText(status), colorOfStatus(theme, status), status);
      known.set(status, category);
    }
    return category;
  };
}
