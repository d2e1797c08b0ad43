import { css } from '@emotion/css';
import { t } from '@grafana/i18n';
import { Button, Field, Modal, Stack, TextArea } from '@grafana/ui';
import { useId, useState, type SyntheticEvent } from 'react';
import type { AlertRow } from '../../../domain/alerts/alert';
import { firstNames, MOST_NAMED } from '../../../domain/alerts/alertName';
import { useApp } from '../../../kit/app/appContext';
import { Since } from '../../../kit/time/Since';
import { acknowledgedWords } from '../list/alertWords';

const plainList = css({ listStyle: 'none', margin: 0 });

/** What is done with a comment. */
type CommentedAction = 'acknowledge' | 'takeOver' | 'resolve';

interface Props {
  readonly action: CommentedAction;
  readonly alerts: readonly AlertRow[];
  readonly onClose: () => void;
  readonly onSubmit: (comment: string) => void;
}

function names(alerts: readonly AlertRow[]): string {
  const { names: first, more } = firstNames(alerts);
  return more === 0
    ? first.join(', ')
    : `${first.join(', ')} ${t('alerts.actions.previewMore', 'and {{count}} more', { count: more })}`;
}

/** True for alerts whose rule or Alertmanager still says that they fire: resolving them here does not last. */
function stillFires({ origins }: AlertRow): boolean {
  return origins.some((origin) => origin !== 'store');
}

function titleOf(action: CommentedAction, count: number): string {
  switch (action) {
    case 'acknowledge':
      return t('alerts.actions.acknowledgeTitle', 'Acknowledge {{count}} alerts', { count });
    case 'takeOver':
      return t('alerts.actions.takeOverTitle', 'Take over {{count}} alerts', { count });
    case 'resolve':
      return t('alerts.actions.resolveTitle', 'Resolve {{count}} alerts', { count });
  }
}

/** What taking an alert on does. */
function helpOf(action: 'acknowledge' | 'takeOver', login: string): string {
  const values = { login, interpolation: { escapeValue: false } };
  return action === 'takeOver'
    ? t(
        'alerts.actions.takeOverHelp',
        'You take it on in their place, as {{login}}; the history keeps both.',
        values,
      )
    : t(
        'alerts.actions.acknowledgeHelp',
        'You take them on, as {{login}}: the escalation stops. They stay on the list and nobody is silenced.',
        values,
      );
}

function buttonWord(action: CommentedAction): string {
  switch (action) {
    case 'acknowledge':
      return t('alerts.actions.acknowledge', 'Acknowledge');
    case 'takeOver':
      return t('alerts.actions.takeOver', 'Take over');
    case 'resolve':
      return t('alerts.actions.resolve', 'Resolve');
  }
}

/** Who had the alerts so far, since when, and what they said. */
function TakenSoFar({ alerts }: Pick<Props, 'alerts'>) {
  const [now] = useState(() => Date.now());
  return (
    <ul className={plainList}>
      {alerts.slice(0, MOST_NAMED).map(({ fingerprint, acknowledgement }) => (
        <li key={fingerprint}>
          {acknowledgement !== null && (
            <>
              <bdi>{acknowledgedWords(acknowledgement)}</bdi>
              {' · '}
              <Since at={acknowledgement.at} now={now} missing="" />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Asks for the comment of an acknowledgement, also in the place of somebody else's, or of a resolution. */
export function CommentDialog({ action, alerts, onClose, onSubmit }: Props) {
  const { login } = useApp();
  const [comment, setComment] = useState('');
  const commentId = useId();
  const takes = action !== 'resolve';
  const ready = !takes || comment.trim() !== '';
  const firing = takes ? 0 : alerts.filter(stillFires).length;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (ready) onSubmit(comment.trim());
  };
  return (
    <Modal isOpen title={titleOf(action, alerts.length)} onDismiss={onClose}>
      <form onSubmit={submit}>
        <Stack direction="column" gap={2}>
          <span>
            <bdi>{names(alerts)}</bdi>
          </span>
          {action === 'takeOver' && <TakenSoFar alerts={alerts} />}
          {takes && <span>{helpOf(action, login)}</span>}
          {firing > 0 && (
            <span>
              {t(
                'alerts.actions.stillFires',
                '{{count}} of them still fire at their source and will come back: mend the cause, or silence them.',
                { count: firing },
              )}
            </span>
          )}
          <Field noMargin required={takes} label={t('alerts.actions.comment', 'Comment')} htmlFor={commentId}>
            <TextArea
              id={commentId}
              rows={3}
              required={takes}
              // What the dialog is for.
              autoFocus
              value={comment}
              placeholder={
                takes
                  ? t('alerts.actions.acknowledgeWhy', 'What you know and do, such as: power cut, ETA 15:00')
                  : t('alerts.actions.resolveWhy', 'Why it is over')
              }
              onChange={({ currentTarget }) => setComment(currentTarget.value)}
            />
          </Field>
        </Stack>
        <Modal.ButtonRow>
          <Button variant="secondary" type="button" onClick={onClose}>
            {t('alerts.actions.cancel', 'Cancel')}
          </Button>
          <Button type="submit" disabled={!ready}>
            {buttonWord(action)}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}
