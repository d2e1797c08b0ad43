import { t } from '@grafana/i18n';
import type { AlertAction } from './rowMark';

/** What became of an action on several alerts, for eyes and ears. */
export function outcomeWords(action: AlertAction, done: number, refused: number): string {
  const words = {
    acknowledge: t('alerts.actions.done.acknowledge', '{{count}} alerts acknowledged', { count: done }),
    takeOver: t('alerts.actions.done.takeOver', '{{count}} alerts taken over', { count: done }),
    resolve: t('alerts.actions.done.resolve', '{{count}} alerts resolved', { count: done }),
    silence: t('alerts.actions.done.silence', '{{count}} alerts silenced', { count: done }),
    expire: t('alerts.actions.done.expire', '{{count}} alerts are told of again', { count: done }),
  }[action];
  if (refused === 0) return words;
  const not = t('alerts.actions.done.refused', '{{count}} refused: the reason stands beside each', {
    count: refused,
  });
  return `${words}, ${not}`;
}
