import { t } from '@grafana/i18n';
import type { Category } from './category';
import type { Status } from './status';

/** Hands out one object per category, so that categories can be compared and counted by identity. */
export interface CategoryInterner {
  of: (label: string, color: string, status: Status, rank?: number) => Category;
  /** The category of a colour scheme in the colour of one value: such tiles share their entry of the legend. */
  tint: (band: Category, color: string) => Category;
}

export function createCategoryInterner(): CategoryInterner {
  const known = new Map<string, Category>();
  const intern = (place: string, create: () => Category): Category => {
    let category = known.get(place);
    if (category === undefined) {
      category = create();
      known.set(place, category);
    }
    return category;
  };
  return {
    of: (label, color, status, rank = 0) => {
      const key = `${label}\u0000${color}\u0000${status}`;
      return intern(`${key}\u0000${rank}`, () => ({ key, label, color, status, rank }));
    },
    tint: (band, color) =>
      intern(`${band.key}\u0000${band.rank}\u0000${color}`, () => ({
        ...band,
        color,
        isScheme: true,
        entry: band,
      })),
  };
}

/** The word for a status in the user's language; for values that nobody classed, just that they are values. */
export function categoryText(status: Status): string {
  switch (status) {
    case 'online':
      return t('panels.status.online', 'online');
    case 'warning':
      return t('panels.status.warning', 'warning');
    case 'error':
      return t('panels.status.error', 'error');
    case 'offline':
      return t('panels.status.offline', 'offline');
    case 'maintenance':
      return t('panels.status.maintenance', 'maintenance');
    case 'unknown':
      return t('panels.status.unknown', 'unknown');
    case 'nodata':
      return t('panels.status.nodata', 'no data');
    case 'neutral':
      return t('panels.status.value', 'value');
  }
}
