import { t } from '@grafana/i18n';
import { ConfirmModal } from '@grafana/ui';
import type { AlertRow } from '../../../domain/alerts/alert';
import { formatMatcher } from '../../../domain/alerts/matchers';
import type { Silence } from '../../../domain/alerts/silence';

interface Props {
  readonly silences: readonly Silence[];
  /** All alerts that the silences keep quiet. */
  readonly alerts: readonly AlertRow[];
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** Asks before silences end before their time: people may be told at once, also of others than the selected alerts. */
export function ExpireDialog({ silences, alerts, onClose, onConfirm }: Props) {
  return (
    <ConfirmModal
      isOpen
      title={t('alerts.actions.expireTitle', 'Expire {{count}} silences?', { count: silences.length })}
      body={
        <>
          <p>
            {alerts.length === 0
              ? t('alerts.silences.expireNothing', 'It keeps no alert quiet now.')
              : t('alerts.actions.expireHelp', '{{count}} alerts that they keep quiet will be told again.', {
                  count: alerts.length,
                })}
          </p>
          <ul>
            {silences.map(({ id, matchers, createdBy, comment }) => (
              <li key={id}>
                <bdi>{`${matchers.map(formatMatcher).join(', ')} · ${createdBy}: ${comment}`}</bdi>
              </li>
            ))}
          </ul>
        </>
      }
      confirmText={t('alerts.actions.expire', 'Expire')}
      dismissText={t('alerts.silences.keep', 'Keep it')}
      onConfirm={onConfirm}
      onDismiss={onClose}
    />
  );
}
