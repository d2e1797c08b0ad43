import { t } from '@grafana/i18n';
import type { AlertmanagerName } from '../../../domain/alerts/silence';
import type { Refusal } from '../data/actions';
import { problemWords } from '../../../kit/states/problemWords';
import type { AlertAction } from './rowMark';

/** What Alertmanager is called. */
export function alertmanagerWord(name: AlertmanagerName): string {
  return name === 'grafana'
    ? t('alerts.actions.inGrafana', 'Grafana’s own Alertmanager')
    : t('alerts.actions.inAlertmanager', 'Alertmanager');
}

/** A silence was made, and it does nothing for the alert. */
function silenceWords(kind: 'told' | 'absent', name: AlertmanagerName): string {
  const values = { where: alertmanagerWord(name), interpolation: { escapeValue: false } };
  return kind === 'told'
    ? t(
        'alerts.actions.stillTold',
        'the silence is there, yet {{where}} tells of this alert all the same',
        values,
      )
    : t('alerts.actions.notThere', 'the silence is there, yet {{where}} does not have this alert', values);
}

function reasonWords(refusal: Refusal): string {
  if (refusal.kind === 'said') return refusal.words;
  if (refusal.kind !== 'problem') return silenceWords(refusal.kind, refusal.alertmanager);
  const { title } = problemWords(refusal.problem);
  return refusal.problem.detail === '' ? title : `${title}: ${refusal.problem.detail}`;
}

/** What was not done, and why. */
export function refusalWords(action: AlertAction, refusal: Refusal): string {
  const values = { reason: reasonWords(refusal), interpolation: { escapeValue: false } };
  switch (action) {
    case 'acknowledge':
      return t('alerts.actions.refused.acknowledge', 'Not acknowledged: {{reason}}', values);
    case 'takeOver':
      return t('alerts.actions.refused.takeOver', 'Not taken over: {{reason}}', values);
    case 'resolve':
      return t('alerts.actions.refused.resolve', 'Not resolved: {{reason}}', values);
    case 'silence':
      return t('alerts.actions.refused.silence', 'Not silenced: {{reason}}', values);
    case 'expire':
      return t('alerts.actions.refused.expire', 'Silence not expired: {{reason}}', values);
  }
}

/** What is under way. */
export function sendingWords(action: AlertAction): string {
  switch (action) {
    case 'acknowledge':
      return t('alerts.actions.sendingAcknowledge', 'acknowledging…');
    case 'takeOver':
      return t('alerts.actions.sendingTakeOver', 'taking over…');
    case 'resolve':
      return t('alerts.actions.sendingResolve', 'resolving…');
    case 'silence':
      return t('alerts.actions.sendingSilence', 'silencing…');
    case 'expire':
      return t('alerts.actions.sendingExpire', 'expiring the silence…');
  }
}
