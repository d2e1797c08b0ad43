import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import { type AlertRow, isByPlatform } from '../../../domain/alerts/alert';
import { lifeOf, eventKey } from '../../../domain/alerts/historyLife';
import { problemOf } from '../../../domain/problem';
import { useApp } from '../../../kit/app/appContext';
import { newest, useAnswer } from '../../../kit/answer';
import { lifeWords } from '../history/historyWords';
import { problemWords } from '../../../kit/states/problemWords';
import { clockWords, fullTime } from '../../../kit/time/timeWords';
import { getDetailsStyles } from './detailsStyles';
import { withKeys } from '../../../kit/uniqueKeys';

/** The store's account of the alert; undefined where it does not know it. */
function useStored({ fingerprint, origins }: AlertRow, tick: number) {
  const { clients } = useApp();
  const isStored = origins.includes('store');
  const load = useCallback(
    async (signal: AbortSignal) => ({
      details: isStored ? await clients.alertStore.find(fingerprint, signal) : undefined,
    }),
    [clients, fingerprint, isStored],
  );
  return newest(useAnswer(load, tick));
}

interface Props {
  readonly alert: AlertRow;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Fired, told, acknowledged, resolved: what happened to the alert so far, oldest first. */
export function AlertLife({ alert, tick, now }: Props) {
  const styles = useStyles2(getDetailsStyles);
  const { timeZone } = useApp();
  const { value, error } = useStored(alert, tick);
  const { startsAt, endsAt, state, origins } = alert;
  const events = state === 'pending' ? [] : lifeOf({ startsAt, endsAt, beganBefore: false }, value?.details);
  return (
    <section>
      <h4 className={styles.title}>{t('alerts.details.life', 'What happened')}</h4>
      {state === 'pending' && (
        <p className={styles.quiet}>
          {t('alerts.details.pending', 'Its condition holds, not yet for long enough to fire.')}
        </p>
      )}
      <ol className={styles.life}>
        {withKeys(events, eventKey).map(({ key, item: event }) => (
          <li key={key} className={styles.event}>
            <time
              dateTime={new Date(event.at).toISOString()}
              title={fullTime(event.at, timeZone)}
              className={styles.quiet}
            >
              {clockWords(event.at, now, timeZone)}
            </time>
            <span>
              <bdi>{lifeWords(event)}</bdi>
              {event.comment !== '' && !isByPlatform(event) && (
                <>
                  {': '}
                  <q>
                    <bdi>{event.comment}</bdi>
                  </q>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      {error !== undefined && (
        <p className={styles.quiet}>
          {t('alerts.details.lifeFailed', 'The store could not be asked for more: {{reason}}', {
            reason: problemWords(problemOf(error, 'exporter')).title,
            interpolation: { escapeValue: false },
          })}
        </p>
      )}
      {!origins.includes('store') && state !== 'pending' && (
        <p className={styles.quiet}>
          {t(
            'alerts.details.notStored',
            'The exporter’s store does not have it (yet): it can be acknowledged once Alertmanager has told the store.',
          )}
        </p>
      )}
    </section>
  );
}
