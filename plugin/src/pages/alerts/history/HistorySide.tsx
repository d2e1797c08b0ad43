import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { HistoryStatistics } from '../../../domain/alerts/historyStatistics';
import { Missing } from '../../../kit/states/Missing';
import { numberWords, shareWords } from '../../../kit/words/numbers';
import { durationWords } from '../../../kit/time/timeWords';

const getStyles = (theme: GrafanaTheme2) => ({
  side: css({ display: 'grid', gap: theme.spacing(3), alignContent: 'start' }),
  title: css({ ...theme.typography.h5, margin: theme.spacing(0, 0, 1) }),
  facts: css({
    display: 'grid',
    gridTemplateColumns: '1fr auto',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    '& > dt': { fontWeight: 'normal', color: theme.colors.text.secondary },
    '& > dd': { margin: 0, textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  }),
  list: css({ listStyle: 'none', margin: 0, display: 'grid', gap: theme.spacing(0.5) }),
  noisy: css({
    all: 'unset',
    boxSizing: 'border-box',
    width: '100%',
    cursor: 'pointer',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto auto',
    gap: theme.spacing(0, 1.5),
    '&:hover span:first-child': { textDecoration: 'underline' },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
  }),
  name: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  number: css({ fontVariantNumeric: 'tabular-nums', textAlign: 'right' }),
  share: css({ color: theme.colors.text.secondary, minWidth: '3.2em', textAlign: 'right' }),
  track: css({
    gridColumn: '1 / -1',
    height: 3,
    borderRadius: theme.shape.radius.pill,
    background: theme.colors.background.secondary,
  }),
  bar: css({
    height: '100%',
    borderRadius: theme.shape.radius.pill,
    background: theme.colors.text.secondary,
  }),
});

function percentWords(share: number): string {
  if (share > 0 && share < 0.01) return `< ${percentWords(0.01)}`;
  return shareWords(share, 0);
}

interface Props {
  readonly statistics: HistoryStatistics;
  /** Shows the alerts of the name alone. */
  readonly onName: (name: string) => void;
}

/** What makes most noise, and how fast it is dealt with. */
export function HistorySide({ statistics, onName }: Props) {
  const styles = useStyles2(getStyles);
  const { noisiest, meanTimeToAcknowledge, meanTimeToResolve } = statistics;
  return (
    <div className={styles.side}>
      <section>
        <h3 className={styles.title}>{t('alerts.history.figures', 'In this range')}</h3>
        <dl className={styles.facts}>
          <dt>{t('alerts.history.total', 'Alerts')}</dt>
          <dd>{numberWords(statistics.total)}</dd>
          <dt>{t('alerts.history.open', 'Not over')}</dt>
          <dd>{numberWords(statistics.open)}</dd>
          <dt>{t('alerts.history.acknowledgedCount', 'Acknowledged')}</dt>
          <dd>{numberWords(statistics.acknowledged)}</dd>
          <dt>{t('alerts.history.meanAcknowledge', 'Mean time to acknowledge')}</dt>
          <dd>
            {meanTimeToAcknowledge === undefined ? (
              <Missing reason={t('alerts.history.noAcknowledge', 'None of them was acknowledged')} />
            ) : (
              durationWords(meanTimeToAcknowledge)
            )}
          </dd>
          <dt>{t('alerts.history.meanResolve', 'Mean time to resolve')}</dt>
          <dd>
            {meanTimeToResolve === undefined ? (
              <Missing
                reason={t('alerts.history.noResolve', 'None of them is over whose beginning is known')}
              />
            ) : (
              durationWords(meanTimeToResolve)
            )}
          </dd>
        </dl>
      </section>
      <section>
        <h3 className={styles.title}>{t('alerts.history.noisiest', 'Noisiest')}</h3>
        <ul className={styles.list}>
          {noisiest.map(({ name, count, share }) => (
            <li key={name}>
              <button
                type="button"
                className={styles.noisy}
                title={t('alerts.history.only', 'Show only {{name}}', {
                  name,
                  interpolation: { escapeValue: false },
                })}
                onClick={() => onName(name)}
              >
                <span className={styles.name}>
                  <bdi>{name}</bdi>
                </span>
                <span className={styles.number}>{numberWords(count)}</span>
                <span className={styles.share}>{percentWords(share)}</span>
                <span className={styles.track} aria-hidden="true">
                  <span className={styles.bar} style={{ width: `${share * 100}%`, display: 'block' }} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
