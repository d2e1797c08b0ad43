import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { AlertRow } from '../../../domain/alerts/alert';
import { APP_ROOT } from '../../../api/pluginId';
import type { ChangeKind } from '../data/changes';

/** The alerts page with this alert in it. */
export function alertHref({ name, fingerprint, state }: AlertRow): string {
  const query = new URLSearchParams(
    state === 'resolved' ? { tab: 'history', q: name } : { q: name, alert: fingerprint },
  );
  return locationUtil.assureBaseUrl(`${APP_ROOT}/alerts?${query.toString()}`);
}

/** What happened, in a word. */
export function changeWord(change: ChangeKind): string {
  switch (change) {
    case 'fired':
      return t('alerts.panel.change.fired', 'fired');
    case 'acknowledged':
      return t('alerts.panel.change.acknowledged', 'acknowledged');
    case 'resolved':
      return t('alerts.panel.change.resolved', 'resolved');
  }
}
