import { type ReactNode, useState } from 'react';
import type { ActionOutcome } from '../../../features/alerts/data/actions';
import { takeOn, type Taking } from '../../../features/alerts/data/takeOn';
import type { AlertRow } from '../../../domain/alerts/alert';
import { EXTERNAL_LABELS } from '../../../domain/alerts/fingerprint';
import { commonMatchers } from '../../../domain/alerts/matchers';
import type { AlertAction, RowMark } from '../../../features/alerts/list/rowMark';
import { outdateAlerts } from '../../../features/alerts/data/loadAlerts';
import { useApp } from '../../../kit/app/appContext';
import { CommentDialog } from '../../../features/alerts/dialogs/CommentDialog';
import { SilenceDialog } from '../../../features/alerts/dialogs/SilenceDialog';
import type { Picture } from '../data/picture';

/** What a line offers. */
type PanelAction = Extract<AlertAction, 'acknowledge' | 'takeOver' | 'silence'>;

/** What can be done with an alert, what is under way, and the dialog that is open. */
export interface Actions {
  /** By fingerprint. */
  readonly marks: ReadonlyMap<string, RowMark>;
  readonly dialog: ReactNode;
  readonly open: (action: PanelAction, alert: AlertRow) => void;
}

const NO_MARKS: ReadonlyMap<string, RowMark> = new Map();

function marksOf(action: AlertAction, outcomes: readonly ActionOutcome[]): ReadonlyMap<string, RowMark> {
  return new Map(
    outcomes.flatMap(({ key, refusal }): [string, RowMark][] =>
      refusal === null ? [] : [[key, { kind: 'refused', action, refusal }]],
    ),
  );
}

/** The actions of a panel; `onChanged` asks for the alerts again. */
export function useActions(picture: Picture, onChanged: (() => void) | undefined): Actions {
  const { clients } = useApp();
  const [marks, setMarks] = useState(NO_MARKS);
  const [opened, setOpened] = useState<{ action: PanelAction; alert: AlertRow }>();
  const close = (): void => setOpened(undefined);
  const done = (action: AlertAction, outcomes: readonly ActionOutcome[]): void => {
    setMarks(marksOf(action, outcomes));
    outdateAlerts(clients);
    onChanged?.();
  };
  const take = async (how: Taking, alert: AlertRow, comment: string): Promise<void> => {
    close();
    setMarks(new Map([[alert.fingerprint, { kind: 'sending', action: how }]]));
    done(how, await takeOn(clients, how, [alert], comment));
  };
  const { action, alert } = opened ?? {};
  return {
    marks,
    open: (what, which) => setOpened({ action: what, alert: which }),
    dialog: alert !== undefined && (
      <>
        {(action === 'acknowledge' || action === 'takeOver') && (
          <CommentDialog
            action={action}
            alerts={[alert]}
            onClose={close}
            onSubmit={(comment) => void take(action, alert, comment)}
          />
        )}
        {action === 'silence' && (
          <SilenceDialog
            matchers={commonMatchers([alert.labels], EXTERNAL_LABELS)}
            alerts={picture.alerts}
            selected={[alert]}
            onClose={close}
            onDone={(outcomes) => {
              close();
              done('silence', outcomes);
            }}
          />
        )}
      </>
    ),
  };
}
