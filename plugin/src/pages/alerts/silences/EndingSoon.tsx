import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import type { Silence } from '../../../domain/alerts/silence';
import type { SilenceLine } from '../../../domain/alerts/silenceView';
import { formatMatcher } from '../../../domain/alerts/matchers';
import { EditorButton } from '../../../features/alerts/list/EditorButton';
import { durationWords } from '../../../kit/time/timeWords';

interface Props {
  /** Silences that end soon while their alerts still fire. */
  readonly lines: readonly SilenceLine[];
  readonly onRenew: (silence: Silence) => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Warns before people are told again of what they wanted quiet. */
export function EndingSoon({ lines, onRenew, now }: Props) {
  if (lines.length === 0) return null;
  return (
    <Alert
      severity="warning"
      title={t('alerts.silences.soon.title', '{{count}} silences end soon, and their alerts still fire', {
        count: lines.length,
      })}
    >
      <ul>
        {lines.map(({ silence, alerts }) => (
          <li key={silence.id}>
            <bdi>{silence.matchers.map(formatMatcher).join(', ')}</bdi>:{' '}
            {t('alerts.silences.soon.line', '{{count}} alerts, told again in {{duration}}', {
              count: alerts.length,
              duration: durationWords(silence.endsAt - now),
            })}{' '}
            <EditorButton silences variant="secondary" size="sm" fill="text" onClick={() => onRenew(silence)}>
              {t('alerts.silences.extend', 'Extend…')}
            </EditorButton>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
