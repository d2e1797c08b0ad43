import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { AlertRow } from '../../../domain/alerts/alert';
import { EXTERNAL_LABELS } from '../../../domain/alerts/fingerprint';
import type { Silence } from '../../../domain/alerts/silence';
import { useApp } from '../../../kit/app/appContext';
import { clockWords } from '../../../kit/time/timeWords';
import { originWord } from '../list/alertWords';
import { getDetailsStyles } from './detailsStyles';

/** Annotations that stand elsewhere: above the list's line, or as a link. */
const SHOWN_ELSEWHERE = new Set(['summary', 'description', 'runbook_url', 'dashboard_url']);

interface Props {
  readonly alert: AlertRow;
  /** All of Alertmanager, to say who silenced it. */
  readonly silences: readonly Silence[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

function SilencedBy({ alert, silences, now }: Props) {
  const { timeZone } = useApp();
  const found = silences.filter(({ id }) => alert.silencedBy.includes(id));
  return found.map(({ id, createdBy, comment, endsAt }) => (
    <div key={id}>
      <bdi>
        {t('alerts.details.silencedBy', '{{by}}, until {{time}}: {{comment}}', {
          by: createdBy,
          time: clockWords(endsAt, now, timeZone),
          comment,
          interpolation: { escapeValue: false },
        })}
      </bdi>
    </div>
  ));
}

function Pairs({ texts }: { readonly texts: Readonly<Record<string, string>> }) {
  return Object.entries(texts)
    .sort(([a], [b]) => Number(EXTERNAL_LABELS.has(a)) - Number(EXTERNAL_LABELS.has(b)) || (a < b ? -1 : 1))
    .map(([name, text]) => (
      <div key={name} style={{ display: 'contents' }}>
        <dt>{name}</dt>
        <dd>
          <bdi>{text}</bdi>
        </dd>
      </div>
    ));
}

/** Labels, annotations, who shows it, and why nobody is told of it. */
export function AlertFacts({ alert, silences, now }: Props) {
  const styles = useStyles2(getDetailsStyles);
  const { timeZone } = useApp();
  const {
    labels,
    annotations,
    origins,
    raisedBy,
    raisedCount = 1,
    flappingSince,
    inhibitedBy,
    maintenance,
  } = alert;
  const more = Object.fromEntries(Object.entries(annotations).filter(([name]) => !SHOWN_ELSEWHERE.has(name)));
  return (
    <section>
      <h4 className={styles.title}>{t('alerts.details.about', 'About it')}</h4>
      <dl className={styles.facts}>
        <Pairs texts={labels} />
        <Pairs texts={more} />
        <dt>{t('alerts.details.shownBy', 'known to')}</dt>
        <dd>
          {origins.map(originWord).join(', ')}
          {raisedBy !== undefined && ` (${t('alerts.details.raisedBy', 'raised by')} ${raisedBy})`}
        </dd>
        {flappingSince !== undefined && (
          <>
            <dt>{t('alerts.details.flaps', 'flapping')}</dt>
            <dd>
              {t(
                'alerts.details.flapsSince',
                'it goes on and off since {{time}}: receivers were told that once',
                {
                  time: clockWords(flappingSince, now, timeZone),
                  interpolation: { escapeValue: false },
                },
              )}
            </dd>
          </>
        )}
        {raisedCount > 1 && (
          <>
            <dt>{t('alerts.details.raisedTimes', 'raised')}</dt>
            <dd>{t('alerts.details.raisedCount', '{{count}} times', { count: raisedCount })}</dd>
          </>
        )}
        {alert.silencedBy.length > 0 && (
          <>
            <dt>{t('alerts.details.silenced', 'silenced by')}</dt>
            <dd>
              <SilencedBy alert={alert} silences={silences} now={now} />
            </dd>
          </>
        )}
        {inhibitedBy.length > 0 && (
          <>
            <dt>{t('alerts.details.inhibited', 'inhibited by')}</dt>
            <dd>
              {t('alerts.details.inhibitors', '{{count}} other alerts, which are its cause', {
                count: inhibitedBy.length,
              })}
            </dd>
          </>
        )}
        {maintenance.length > 0 && (
          <>
            <dt>{t('alerts.details.maintenance', 'maintenance')}</dt>
            <dd>{t('alerts.details.maintained', 'a maintenance window covers it: nobody is told')}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
