import { t } from '@grafana/i18n';
import {
  isByPlatform,
  type AlertOrigin,
  type AlertRow,
  type AlertState,
  type Decision,
  type Notice,
} from '../../../domain/alerts/alert';
import { clockWords, durationWords } from '../../../kit/time/timeWords';

/** The state of an alert in a word. */
export function alertStateWord(state: AlertState): string {
  switch (state) {
    case 'active':
      return t('alerts.active.state.active', 'firing');
    case 'nodata':
      return t('alerts.active.state.nodata', 'no data');
    case 'error':
      return t('alerts.active.state.error', 'cannot be evaluated');
    case 'recovering':
      return t('alerts.active.state.recovering', 'recovering');
    case 'pending':
      return t('alerts.active.state.pending', 'pending');
    case 'acknowledged':
      return t('alerts.active.state.acknowledged', 'acknowledged');
    case 'resolved':
      return t('alerts.active.state.resolved', 'resolved');
  }
}

/** Who has taken it on, and what they said. */
export function acknowledgedWords(decision: Pick<Decision, 'by' | 'comment'>): string {
  if (isByPlatform(decision)) return t('alerts.active.byPlatform', 'acknowledged in the platform');
  const { by, comment } = decision;
  const who = t('alerts.active.acknowledgedBy', 'acknowledged by {{by}}', {
    by,
    interpolation: { escapeValue: false },
  });
  return comment === '' ? who : `${who}: "${comment}"`;
}

/** "What you see of it is 4 min old (14:02)." Milliseconds since the epoch. */
export function sourceAgeWords(knownAt: number, now: number, timeZone: string): string {
  return t('alerts.active.old', 'What you see of it is {{age}} old ({{time}}).', {
    age: durationWords(now - knownAt),
    time: clockWords(knownAt, now, timeZone),
  });
}

/** Who shows an alert. */
export function originWord(origin: AlertOrigin): string {
  switch (origin) {
    case 'store':
      return t('alerts.active.origin.store', 'exporter');
    case 'alertmanager':
      return t('alerts.active.origin.alertmanager', 'Alertmanager');
    case 'prometheus':
      return t('alerts.active.origin.prometheus', 'Prometheus');
    case 'grafana':
      return t('alerts.active.origin.grafana', 'Grafana');
  }
}

/** Why nobody is told of it; empty when somebody is. */
export function mutedWords(alert: AlertRow): string[] {
  const { silencedBy, inhibitedBy, maintenance, suppressed } = alert;
  const reasons = [
    ...(silencedBy.length > 0 ? [t('alerts.active.silenced', 'silenced')] : []),
    ...(inhibitedBy.length > 0 ? [t('alerts.active.inhibited', 'inhibited by another alert')] : []),
    ...(maintenance.length > 0 ? [t('alerts.active.maintenance', 'under maintenance')] : []),
  ];
  return suppressed && reasons.length === 0 ? [t('alerts.active.suppressed', 'suppressed')] : reasons;
}

/** `✓`, `…`, `✕`: delivered, still to be, given up. */
export function noticeSign(state: Notice['state']): string {
  const signs: Readonly<Record<Notice['state'], string>> = { delivered: '✓', pending: '…', dead: '✕' };
  return signs[state];
}

/** What became of telling a receiver. */
export function noticeWord(state: Notice['state']): string {
  switch (state) {
    case 'delivered':
      return t('alerts.active.notice.delivered', 'told');
    case 'pending':
      return t('alerts.active.notice.pending', 'to be told');
    case 'dead':
      return t('alerts.active.notice.dead', 'could not be told');
  }
}
