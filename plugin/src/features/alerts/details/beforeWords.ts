import { t } from '@grafana/i18n';
import type { BeforeEntry } from '../../../domain/alerts/before';

/** What an entry is, in a word or two; an unknown kind as the exporter says it. */
export function beforeKindWords({ kind, shares }: Pick<BeforeEntry, 'kind' | 'shares'>): string {
  switch (kind) {
    case 'alert':
      if (shares === 'device') return t('alerts.before.sameDevice', 'alert of the same device');
      if (shares === 'location') return t('alerts.before.sameLocation', 'alert at the same location');
      return t('alerts.before.sameType', 'alert of the same device type');
    case 'deployment':
      return t('alerts.before.deployment', 'deployment');
    case 'change':
      return t('alerts.before.change', 'change');
    case 'maintenance':
      return t('alerts.before.maintenance', 'maintenance');
    case 'broker':
      return t('alerts.before.broker', 'broker');
    case 'database':
      return t('alerts.before.database', 'database');
    case 'source':
      return t('alerts.before.source', 'source');
    case 'log':
      return t('alerts.before.log', 'new log pattern');
    default:
      return kind;
  }
}
