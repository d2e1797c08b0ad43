import { t } from '@grafana/i18n';
import { isOpen, isTakenByOther, type AlertRow } from '../../../domain/alerts/alert';
import { EditorButton } from '../../../features/alerts/list/EditorButton';
import { useApp } from '../../../kit/app/appContext';
import type { AlertAction } from '../../../features/alerts/list/rowMark';

interface Props {
  readonly alert: AlertRow;
  /** True while an action on it is under way. */
  readonly busy: boolean;
  readonly onAction: (kind: AlertAction, alerts: readonly AlertRow[]) => void;
}

/** What can be done with one alert, at the end of its row. */
export function RowActions({ alert, busy, onAction }: Props) {
  const { login } = useApp();
  const { name, state, silencedBy } = alert;
  const values = { name, interpolation: { escapeValue: false } };
  const silenced = silencedBy.length > 0;
  return (
    <>
      {isOpen(alert) && (
        <EditorButton
          size="sm"
          variant="secondary"
          icon="check"
          aria-label={t('alerts.actions.acknowledgeName', 'Acknowledge {{name}}', values)}
          onClick={() => onAction('acknowledge', [alert])}
        >
          {t('alerts.actions.ack', 'Ack')}
        </EditorButton>
      )}
      {isTakenByOther(alert, login) && (
        <EditorButton
          size="sm"
          variant="secondary"
          icon="user"
          aria-label={t('alerts.actions.takeOverName', 'Take over {{name}}', values)}
          onClick={() => onAction('takeOver', [alert])}
        >
          {t('alerts.actions.takeOver', 'Take over')}
        </EditorButton>
      )}
      {state !== 'resolved' && (
        <EditorButton
          silences
          offBecause={busy ? t('alerts.actions.underWay', 'Something is under way for it') : undefined}
          size="sm"
          variant="secondary"
          icon={silenced ? 'bell' : 'bell-slash'}
          aria-label={
            silenced
              ? t('alerts.actions.expireName', 'Expire the silence of {{name}}', values)
              : t('alerts.actions.silenceName', 'Silence {{name}}', values)
          }
          onClick={() => onAction(silenced ? 'expire' : 'silence', [alert])}
        >
          {silenced ? t('alerts.actions.expire', 'Expire') : t('alerts.actions.silenceButton', 'Silence')}
        </EditorButton>
      )}
    </>
  );
}
