import type { GrafanaTheme2 } from '@grafana/data';
import type { Category, CategoryCount, DeviceSet } from '../data/device';

/** The colours of people who set their own: the system's, which canvas knows by name. */
const INK = 'CanvasText';
const PAPER = 'Canvas';

const known = new WeakMap<Category, Category>();

function forced(category: Category): Category {
  let found = known.get(category);
  if (found === undefined) {
    found = { ...category, color: INK, isScheme: false };
    known.set(category, found);
  }
  return found;
}

const forcedCounts = (counts: readonly CategoryCount[]): readonly CategoryCount[] =>
  counts.map(({ category, count }) => ({ category: forced(category), count }));

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

/** The devices as they are drawn where the system decides the colours: signs and outlines alone tell statuses apart. */
export function forceColors(set: DeviceSet): DeviceSet {
  return {
    ...set,
    devices: set.devices.map((device) => ({ ...device, category: forced(device.category) })),
    groups: set.groups.map((group) => ({ ...group, counts: forcedCounts(group.counts) })),
    counts: forcedCounts(set.counts),
  };
}
