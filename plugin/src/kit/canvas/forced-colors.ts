import type { GrafanaTheme2 } from '@grafana/data';
import type { Category, CategoryCount } from '../frames/category';

/** The colours of people who set their own: the system's, which canvas knows by name. */
const INK = 'CanvasText';
const PAPER = 'Canvas';

const known = new WeakMap<Category, Category>();

/** The category in the system's colour: its sign alone tells it. */
export function forceCategory(category: Category): Category {
  let found = known.get(category);
  if (found === undefined) {
    found = { ...category, color: INK, isScheme: false };
    known.set(category, found);
  }
  return found;
}

/** The same for what is counted. */
export function forceCounts(counts: readonly CategoryCount[]): readonly CategoryCount[] {
  return counts.map(({ category, count }) => ({ category: forceCategory(category), count }));
}

/** The theme with the system's two colours for all that is drawn. */
export function forceTheme(theme: GrafanaTheme2): GrafanaTheme2 {
  const { colors } = theme;
  return {
    ...theme,
    colors: {
      ...colors,
      text: { ...colors.text, primary: INK, secondary: INK, disabled: INK },
      border: { ...colors.border, weak: INK },
      getContrastText: () => PAPER,
    },
  };
}
