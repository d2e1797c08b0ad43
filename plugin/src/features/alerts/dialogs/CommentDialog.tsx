import { t } from '@grafana/i18n';
import { Button, Field, Modal, Stack, TextArea } from '@grafana/ui';
import { useId, useState, type SyntheticEvent } from 'react';
import type { AlertRow } from '../../../domain/alerts/alert';
import { useApp } from '../../../kit/app/appContext';

/** Names that are written out; the rest is a number. */
const MOST_NAMES = 5;

interface Props {
  readonly action: 'acknowledge' | 'resolve';
  readonly alerts: readonly AlertRow[];
  readonly onClose: () => void;
  readonly onSubmit: (comment: string) => void;
}

function names(alerts: readonly AlertRow[]): string {
  const shown = alerts.slice(0, MOST_NAMES).map(({ name, labels }) => {
    const where = labels.device_id ?? labels.instance;
    return where === undefined ? name : `${name} (${where})`;
  });
  const more = alerts.length - shown.length;
  return more === 0
    ? shown.join(', ')
    : `${shown.join(', ')} ${t('alerts.actions.previewMore', 'and {{count}} more', { count: more })}`;
}

/** True for alerts whose rule or Alertmanager still says that they fire: resolving them here does not last. */
function stillFires({ origins }: AlertRow): boolean {
  return origins.some((origin) => origin !== 'store');
}

/** Asks for the comment of an acknowledgement or a resolution. */
export function CommentDialog({ action, alerts, onClose, onSubmit }: Props) {
  const { login } = useApp();
  const [comment, setComment] = useState('');
  const commentId = useId();
  const isAcknowledge = action === 'acknowledge';
  const ready = !isAcknowledge || comment.trim() !== '';
  const firing = isAcknowledge ? 0 : alerts.filter(stillFires).length;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (ready) onSubmit(comment.trim());
  };
  const title = isAcknowledge
    ? t('alerts.actions.acknowledgeTitle', 'Acknowledge {{count}} alerts', { count: alerts.length })
    : t('alerts.actions.resolveTitle', 'Resolve {{count}} alerts', { count: alerts.length });
  return (
    <Modal isOpen title={title} onDismiss={onClose}>
      <form onSubmit={submit}>
        <Stack direction="column" gap={2}>
          <span>
            <bdi>{names(alerts)}</bdi>
          </span>
          {isAcknowledge && (
            <span>
              {t(
                'alerts.actions.acknowledgeHelp',
                'You take them on, as {{login}}: the escalation stops. They stay on the list and nobody is silenced.',
                { login, interpolation: { escapeValue: false } },
              )}
            </span>
          )}
          {firing > 0 && (
            <span>
              {t(
                'alerts.actions.stillFires',
                '{{count}} of them still fire at their source and will come back: mend the cause, or silence them.',
                { count: firing },
              )}
            </span>
          )}
          <Field
            noMargin
            required={isAcknowledge}
            label={t('alerts.actions.comment', 'Comment')}
            htmlFor={commentId}
          >
            <TextArea
              id={commentId}
              rows={3}
              required={isAcknowledge}
              // What the dialog is for.
              autoFocus
              value={comment}
              placeholder={
                isAcknowledge
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
            {isAcknowledge
              ? t('alerts.actions.acknowledge', 'Acknowledge')
              : t('alerts.actions.resolve', 'Resolve')}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}
