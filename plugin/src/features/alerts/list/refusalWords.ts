import { t } from '@grafana/i18n';
import type { Refusal } from '../data/actions';
import { problemWords } from '../../../kit/states/problemWords';
import type { AlertAction } from './rowMark';

function reasonWords(refusal: Refusal): string {
  if (refusal.kind === 'said') return refusal.words;
  const { title } = problemWords(refusal.problem);
  return refusal.problem.detail === '' ? title : `${title}: ${refusal.problem.detail}`;
}

/** What was not done, and why. */
export function refusalWords(action: AlertAction, refusal: Refusal): string {
  const values = { reason: reasonWords(refusal), interpolation: { escapeValue: false } };
  switch (action) {
    case 'acknowledge':
      return t('alerts.actions.refused.acknowledge', 'Not acknowledged: {{reason}}', values);
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
    case 'resolve':
      return t('alerts.actions.sendingResolve', 'resolving…');
    case 'silence':
      return t('alerts.actions.sendingSilence', 'silencing…');
    case 'expire':
      return t('alerts.actions.sendingExpire', 'expiring the silence…');
  }
}
