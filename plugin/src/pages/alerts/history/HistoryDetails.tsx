import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import { lifeOf, type LifeEvent, eventKey } from '../../../domain/alerts/historyLife';
import type { PastAlert } from '../../../domain/alerts/pastAlert';
import { problemOf } from '../../../domain/problem';
import { DeviceLink } from '../../../kit/links/DeviceLink';
import { problemWords } from '../../../kit/states/problemWords';
import { durationWords, fullTime } from '../../../kit/time/timeWords';
import { useApp } from '../../../kit/app/appContext';
import { newest, useAnswer } from '../../../kit/answer';
import { HrefLink, safeUrl } from '../../../kit/links/HrefLink';
import { LabelWords } from '../rules/LabelWords';
import { getHistoryStyles } from './historyLayout';
import { lifeWords } from '../../../features/alerts/history/historyWords';
import { isByPlatform } from '../../../domain/alerts/alert';
import { withKeys } from '../../../kit/uniqueKeys';

/** The store's account of the alert; undefined where only Prometheus knows it. */
function useDetails(alert: PastAlert, tick: number) {
  const { clients } = useApp();
  const { fingerprint } = alert;
  const isStored = alert.origins.includes('store');
  const load = useCallback(
    async (signal: AbortSignal) => ({
      details: isStored ? await clients.alertStore.find(fingerprint, signal) : undefined,
    }),
    [clients, fingerprint, isStored],
  );
  return newest(useAnswer(load, tick));
}

function Life({ events }: { readonly events: readonly LifeEvent[] }) {
  const styles = useStyles2(getHistoryStyles);
  const { timeZone } = useApp();
  return (
    <ol className={styles.life}>
      {withKeys(events, eventKey).map(({ key, item: event }) => (
        <li key={key} className={styles.event}>
          <time dateTime={new Date(event.at).toISOString()} className={styles.quiet}>
            {fullTime(event.at, timeZone)}
          </time>
          <span>
            {lifeWords(event)}
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
  );
}

interface Props {
  readonly alert: PastAlert;
  readonly tick: number;
}

/** The life of an alert and what is known of it. */
export function HistoryDetails({ alert, tick }: Props) {
  const styles = useStyles2(getHistoryStyles);
  const { value, error } = useDetails(alert, tick);
  const { labels, annotations, origins, precision, raisedBy } = alert;
  const { description } = annotations;
  const runbook = safeUrl(annotations.runbook_url);
  const events = lifeOf(alert, value?.details);
  const device = labels.device_id;
  return (
    <div className={styles.columns}>
      <section>
        <h4 className={styles.title}>{t('alerts.history.life.title', 'What happened')}</h4>
        <Life events={events} />
        {error !== undefined && (
          <p className={styles.quiet}>
            {t('alerts.history.life.failed', 'The store could not be asked for more: {{reason}}', {
              reason: problemWords(problemOf(error, 'exporter')).title,
            })}
          </p>
        )}
        {!origins.includes('store') && (
          <p className={styles.quiet}>
            {t(
              'alerts.history.life.prometheusOnly',
              'Only Prometheus saw it: times are right to {{precision}}; whom it was told to and who dealt with it is not known.',
              { precision: durationWords(precision) },
            )}
          </p>
        )}
      </section>
      <section>
        <h4 className={styles.title}>{t('alerts.history.about', 'About it')}</h4>
        {description !== undefined && <p>{description}</p>}
        <dl className={styles.facts}>
          {device !== undefined && (
            <>
              <dt>{t('alerts.history.device', 'Device')}</dt>
              <dd>
                <DeviceLink deviceId={device} name="" />
              </dd>
            </>
          )}
          {raisedBy !== undefined && (
            <>
              <dt>{t('alerts.history.raisedBy', 'Raised by')}</dt>
              <dd>{raisedBy}</dd>
            </>
          )}
          <dt>{t('alerts.history.labels', 'Labels')}</dt>
          <dd>
            <LabelWords labels={labels} />
          </dd>
          {runbook !== undefined && (
            <>
              <dt>{t('alerts.history.runbook', 'Runbook')}</dt>
              <dd>
                <HrefLink href={runbook}>{runbook}</HrefLink>
              </dd>
            </>
          )}
        </dl>
      </section>
    </div>
  );
}
