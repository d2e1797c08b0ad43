import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { problemOf } from '../../../domain/problem';
import { problemWords } from '../../../kit/states/problemWords';
import type { Threshold } from '../../../domain/alerts/ruleThresholds';
import { isBeyond, worstFirst } from '../../../features/alerts/data/ruleValues';
import { LabelWords } from './LabelWords';
import { Promql } from './Promql';
import { quantityWords } from '../../../features/alerts/list/alertValueWords';
import { limitWords } from './ruleWords';
import { newest } from '../../../kit/answer';
import { useInstant } from './useRuleValues';
import { withKeys } from '../../../kit/uniqueKeys';

/** More series than this are named by their number. */
const MOST_SERIES = 5;

const getStyles = (theme: GrafanaTheme2) => ({
  entry: css({ display: 'grid', gap: theme.spacing(0.5), marginBottom: theme.spacing(1.5) }),
  list: css({ listStyle: 'none', margin: 0 }),
  row: css({ display: 'flex', gap: theme.spacing(1.5), alignItems: 'baseline' }),
  value: css({ fontVariantNumeric: 'tabular-nums', minWidth: '5em', flexShrink: 0 }),
  beyond: css({ color: theme.colors.error.text, fontWeight: theme.typography.fontWeightMedium }),
  quiet: css({ color: theme.colors.text.secondary, margin: 0 }),
});

function Values({ threshold, tick }: { readonly threshold: Threshold; readonly tick: number }) {
  const styles = useStyles2(getStyles);
  const { value: rows, error } = newest(useInstant(threshold.expression, tick));
  if (error !== undefined) {
    const { title } = problemWords(problemOf(error, 'prometheus'));
    return <p className={styles.quiet}>– {title}</p>;
  }
  if (rows === undefined) return <p className={styles.quiet}>{t('loading', 'Loading…')}</p>;
  if (rows.length === 0) {
    return (
      <p className={styles.quiet}>
        {t('alerts.rules.noSeries', 'There is nothing to compare now: the expression finds no series.')}
      </p>
    );
  }
  const worst = worstFirst(rows, threshold).slice(0, MOST_SERIES);
  const more = rows.length - worst.length;
  return (
    <ul className={styles.list}>
      {withKeys(worst, ({ labels }) => JSON.stringify(labels)).map(({ key, item: { labels, value } }) => (
        <li key={key} className={styles.row}>
          <span className={`${styles.value} ${isBeyond(value, threshold) ? styles.beyond : ''}`}>
            {quantityWords(value)}
          </span>
          <LabelWords labels={labels} />
        </li>
      ))}
      {more > 0 && (
        <li className={styles.quiet}>
          {t('alerts.rules.moreSeries', '{{count}} more series', { count: more })}
        </li>
      )}
    </ul>
  );
}

interface Props {
  readonly thresholds: readonly Threshold[];
  readonly tick: number;
}

/** What the rule compares: each part with its limit and its present values. */
export function RuleThresholds({ thresholds, tick }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <>
      {withKeys(thresholds, (one) => `${one.expression}${limitWords(one)}`).map(
        ({ key, item: threshold }) => (
          <div key={key} className={styles.entry}>
            <span>
              {t('alerts.rules.limit', 'Fires when it is {{limit}}', {
                limit: limitWords(threshold),
                interpolation: { escapeValue: false },
              })}
            </span>
            {thresholds.length > 1 && (
              <Promql
                expression={threshold.expression}
                label={t('alerts.rules.compared', 'What is compared')}
              />
            )}
            <Values threshold={threshold} tick={tick} />
          </div>
        ),
      )}
    </>
  );
}
