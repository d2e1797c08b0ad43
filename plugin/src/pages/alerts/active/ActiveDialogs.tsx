import { silencesOf } from '../../../features/alerts/data/actions';
import type { AlertPicture } from '../../../features/alerts/data/alertLoader';
import { commonMatchers } from '../../../domain/alerts/matchers';
import { EXTERNAL_LABELS } from '../../../domain/alerts/fingerprint';
import type { AlertActions } from '../actions/useAlertActions';
import { CommentDialog } from '../../../features/alerts/dialogs/CommentDialog';
import { ExpireDialog } from '../../../features/alerts/dialogs/ExpireDialog';
import { SilenceDialog } from '../../../features/alerts/dialogs/SilenceDialog';
import type { OpenDialog } from './dialogState';

interface Props {
  readonly dialog: OpenDialog;
  readonly picture: AlertPicture;
  readonly actions: AlertActions;
  readonly onClose: () => void;
}

/** The dialog of an action on alerts. */
export function ActiveDialogs({ dialog, picture, actions, onClose }: Props) {
  const { kind, alerts } = dialog;
  if (kind === 'acknowledge' || kind === 'takeOver' || kind === 'resolve') {
    return (
      <CommentDialog
        action={kind}
        alerts={alerts}
        onClose={onClose}
        onSubmit={(comment) => {
          onClose();
          void actions[kind](alerts, comment);
        }}
      />
    );
  }
  if (kind === 'expire') {
    const silences = silencesOf(alerts, actions.silences);
    const ids = new Set(alerts.flatMap(({ silencedBy }) => silencedBy));
    const affected = actions.alerts.filter(({ silencedBy }) => silencedBy.some((id) => ids.has(id)));
    return (
      <ExpireDialog
        silences={silences}
        alerts={affected}
        onClose={onClose}
        onConfirm={() => {
          onClose();
          void actions.expire(affected);
        }}
      />
    );
  }
  return (
    <SilenceDialog
      matchers={commonMatchers(
        alerts.map(({ labels }) => labels),
        EXTERNAL_LABELS,
      )}
      alerts={picture.alerts}
      selected={alerts}
      onClose={onClose}
      onDone={(outcomes, silenced) => {
        onClose();
        actions.silenced(silenced, outcomes);
      }}
    />
  );
}
