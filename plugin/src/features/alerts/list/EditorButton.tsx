import { t } from '@grafana/i18n';
import { Button, type ButtonProps } from '@grafana/ui';
import { useApp } from '../../../kit/app/appContext';

type Props = ButtonProps & {
  /** Why the button is off for everybody now; undefined: it is on. */
  readonly offBecause?: string | undefined;
};

/**
 * A button for what needs an Editor. Others see it switched off and read why, with the mouse, the keyboard or a
 * screen reader: with a tooltip Grafana's button stays in the order of the Tab key.
 */
export function EditorButton({ offBecause, ...props }: Props) {
  const { canEdit } = useApp();
  const reason = canEdit
    ? offBecause
    : t('alerts.actions.needsEditor', 'This needs the role Editor in Grafana');
  return reason === undefined ? <Button {...props} /> : <Button {...props} disabled tooltip={reason} />;
}
