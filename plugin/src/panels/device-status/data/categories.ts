import { t } from '@grafana/i18n';
import type { Category } from './device';
import type { Status } from './status';

/** Hands out one object per category, so that categories can be compared and counted by identity. */
export interface CategoryInterner {
  of: (label: string, color: string, status: Status) => Category;
  /** The category in another colour: tiles of a continuous colour scheme share their entry of the legend. */
  tint: (category: Category, color: string) => Category;
}

export function createCategoryInterner(): CategoryInterner {
  const known = new Map<string, Category>();
  const intern = (key: string, label: string, color: string, status: Status, isScheme = false): Category => {
    const place = `${key}\u0000${color}`;
    let category = known.get(place);
    if (category === undefined) {
      category = { key, label, color, status, isScheme };
      known.set(place, category);
    }
    return category;
  };
  return {
    of: (label, color, status) => intern(`${label}\u0000${color}`, label, color, status),
    tint: (category, color) => intern(category.key, category.label, color, 'online', true),
  };
}

/** The word for a status, or for values that have no class, in the user's language. */
export function categoryText(status: Status | 'value'): string {
  switch (status) {
    case 'online':
      return t('devicestatus.status.online', 'online');
    case 'warning':
      return t('devicestatus.status.warning', 'warning');
    case 'error':
      return t('devicestatus.status.error', 'error');
    case 'offline':
      return t('devicestatus.status.offline', 'offline');
    case 'maintenance':
      return t('devicestatus.status.maintenance', 'maintenance');
    case 'unknown':
      return t('devicestatus.status.unknown', 'unknown');
    case 'nodata':
      return t('devicestatus.status.nodata', 'no data');
    case 'value':
      return t('devicestatus.status.value', 'value');
  }
}
