import { t } from '@grafana/i18n';
import { Button, type ButtonProps } from '@grafana/ui';
import { useApp } from '../../../kit/app/appContext';

type Props = ButtonProps & {
  /** Why the button is off for everybody now; undefined: it is on. */
  readonly offBecause?: string | undefined;
  /** What it does needs Grafana's permission to silence, and not the role. */
  readonly silences?: boolean;
};

/**
 * A button for what not everybody may do. Others see it switched off and read why, with the mouse, the keyboard or a
 * screen reader: with a tooltip Grafana's button stays in the order of the Tab key.
 */
export function EditorButton({ offBecause, silences = false, ...props }: Props) {
  const { canEdit, canSilence } = useApp();
  const forbidden = silences
    ? t('alerts.actions.needsSilencing', 'This needs the permission to silence alerts in Grafana')
    : t('alerts.actions.needsEditor', 'This needs the role Editor in Grafana');
  const reason = (silences ? canSilence : canEdit) ? offBecause : forbidden;
  return reason === undefined ? <Button {...props} /> : <Button {...props} disabled tooltip={reason} />;
}
