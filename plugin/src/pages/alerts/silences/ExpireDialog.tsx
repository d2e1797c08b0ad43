import { t } from '@grafana/i18n';
import { ConfirmModal, Stack } from '@grafana/ui';
import type { SilenceLine } from '../../../domain/alerts/silenceView';
import { MatcherTags } from './MatcherTags';

interface Props {
  readonly line: SilenceLine;
  readonly onConfirm: () => Promise<void>;
  readonly onDismiss: () => void;
}

/** Asks before a silence ends before its time: people may be told at once. */
export function ExpireDialog({ line, onConfirm, onDismiss }: Props) {
  const { silence, alerts } = line;
  return (
    <ConfirmModal
      isOpen
      title={t('alerts.silences.expireTitle', 'Expire this silence?')}
      body={
        <Stack direction="column" gap={2}>
          <MatcherTags matchers={silence.matchers} />
          <span>
            {alerts.length === 0
              ? t('alerts.silences.expireNothing', 'It keeps no alert quiet now.')
              : t('alerts.silences.expireTells', '{{count}} alerts that it keeps quiet will be told again.', {
                  count: alerts.length,
                })}
          </span>
        </Stack>
      }
      confirmText={t('alerts.silences.expireNow', 'Expire')}
      dismissText={t('alerts.silences.keep', 'Keep it')}
      onConfirm={onConfirm}
      onDismiss={onDismiss}
    />
  );
}
