import { t } from '@grafana/i18n';
import { IconButton } from '@grafana/ui';
import { type AlertRow, isMuted, isOpen, isTakenByOther } from '../../../domain/alerts/alert';
import { useApp } from '../../../kit/app/appContext';
import type { Actions } from './useActions';

/** The buttons of a line, for those who may use them: what would be done already is not offered. */
export function RowActions({ alert, actions }: { readonly alert: AlertRow; readonly actions: Actions }) {
  const { canEdit, canSilence, login } = useApp();
  const values = { name: alert.name, interpolation: { escapeValue: false } };
  const isStored = alert.origins.includes('store');
  return (
    <>
      {canEdit && isTakenByOther(alert, login) && (
        <IconButton
          name="user"
          tooltip={t('alerts.panel.takeOver', 'Take over {{name}}', values)}
          onClick={() => actions.open('takeOver', alert)}
        />
      )}
      {canEdit && !isTakenByOther(alert, login) && (
        <IconButton
          name="check"
          tooltip={t('alerts.panel.acknowledge', 'Acknowledge {{name}}', values)}
          disabled={!isStored || !isOpen(alert)}
          onClick={() => actions.open('acknowledge', alert)}
        />
      )}
      {canSilence && (
        <IconButton
          name="bell-slash"
          tooltip={t('alerts.panel.silence', 'Silence {{name}}', values)}
          disabled={isMuted(alert)}
          onClick={() => actions.open('silence', alert)}
        />
      )}
    </>
  );
}
