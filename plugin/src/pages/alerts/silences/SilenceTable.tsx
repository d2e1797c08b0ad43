import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { Silence } from '../../../domain/alerts/silence';
import { isOfWindow, type SilenceLine } from '../../../domain/alerts/silenceView';
import { EditorButton } from '../../../features/alerts/list/EditorButton';
import { EndWords } from './EndWords';
import { MatcherTags } from './MatcherTags';
import { QuietAlerts } from './QuietAlerts';
import { getSilenceStyles } from './silenceStyles';
import { StateWord } from './StateWord';

interface Props {
  readonly lines: readonly SilenceLine[];
  /** Why the last try to expire a silence was refused, by id. */
  readonly refusals: ReadonlyMap<string, string>;
  readonly onExpire: (silence: Silence) => void;
  /** Extend it, or make it again when it is over. */
  readonly onRenew: (silence: Silence) => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Why a silence cannot be changed here; undefined when it can. */
function windowWords(silence: Silence): string | undefined {
  return isOfWindow(silence)
    ? t('alerts.silences.ofWindow', 'It belongs to a maintenance window: end that one below')
    : undefined;
}

/** Silences, the next to end on top. */
export function SilenceTable({ lines, refusals, onExpire, onRenew, now }: Props) {
  const styles = useStyles2(getSilenceStyles);
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={t('alerts.silences.title', 'Silences')}>
        <thead>
          <tr>
            <th scope="col">{t('alerts.silences.column.state', 'State')}</th>
            <th scope="col">{t('alerts.silences.column.matchers', 'Alerts with')}</th>
            <th scope="col">{t('alerts.silences.column.why', 'Why, and who')}</th>
            <th scope="col">{t('alerts.silences.column.ends', 'Ends')}</th>
            <th scope="col">{t('alerts.silences.column.quiet', 'Quiet now')}</th>
            <th scope="col">
              <span className="sr-only">{t('alerts.silences.column.actions', 'Actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ silence, state, alerts }) => (
            <tr key={silence.id} className={cx(state === 'expired' && styles.faded)}>
              <td>
                <StateWord state={state} />
              </td>
              <td className={styles.words}>
                <MatcherTags matchers={silence.matchers} />
              </td>
              <td className={styles.words}>
                <bdi>{silence.comment}</bdi>
                {' · '}
                <bdi className={styles.by}>{silence.createdBy}</bdi>
              </td>
              <td>
                <EndWords startsAt={silence.startsAt} endsAt={silence.endsAt} now={now} />
              </td>
              <td>
                <QuietAlerts alerts={alerts} />
              </td>
              <td>
                <div className={styles.actions}>
                  <EditorButton
                    silences
                    variant="secondary"
                    size="sm"
                    onClick={() => onRenew(silence)}
                    offBecause={windowWords(silence)}
                  >
                    {state === 'expired'
                      ? t('alerts.silences.again', 'Make again…')
                      : t('alerts.silences.extend', 'Extend…')}
                  </EditorButton>
                  {state !== 'expired' && (
                    <EditorButton
                      silences
                      variant="destructive"
                      fill="outline"
                      size="sm"
                      onClick={() => onExpire(silence)}
                      offBecause={windowWords(silence)}
                    >
                      {t('alerts.silences.expire', 'Expire…')}
                    </EditorButton>
                  )}
                </div>
                {refusals.has(silence.id) && (
                  <p className={styles.refusal} role="alert">
                    {refusals.get(silence.id)}
                  </p>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
