import { t } from '@grafana/i18n';
import { IconButton } from '@grafana/ui';
import { type AlertRow, isMuted, isOpen } from '../../../domain/alerts/alert';
import { useApp } from '../../../kit/app/appContext';
import type { Actions } from './useActions';

/** The buttons of a line, for those who may use them: what would be done already is not offered. */
export function RowActions({ alert, actions }: { readonly alert: AlertRow; readonly actions: Actions }) {
  const { canEdit, canSilence } = useApp();
  const isStored = alert.origins.includes('store');
  return (
    <>
      {canEdit && (
        <IconButton
          name="check"
          tooltip={t('alerts.panel.acknowledge', 'Acknowledge {{name}}', {
            name: alert.name,
            interpolation: { escapeValue: false },
          })}
          disabled={!isStored || !isOpen(alert)}
          onClick={() => actions.open('acknowledge', alert)}
        />
      )}
      {canSilence && (
        <IconButton
          name="bell-slash"
          tooltip={t('alerts.panel.silence', 'Silence {{name}}', {
            name: alert.name,
            interpolation: { escapeValue: false },
          })}
          disabled={isMuted(alert)}
          onClick={() => actions.open('silence', alert)}
        />
      )}
    </>
  );
}
