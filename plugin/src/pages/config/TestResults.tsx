import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { StatusSign } from '../../kit/status/StatusSign';
import type { StepResult } from './connectionTest';
import { stepName, stepWords } from './stepWords';

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0, display: 'grid', gap: theme.spacing(1.5), maxWidth: '52em' }),
  detail: css({
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    color: theme.colors.text.secondary,
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    maxHeight: '10em',
    overflowY: 'auto',
    margin: 0,
  }),
  words: css({ margin: 0, overflowWrap: 'anywhere' }),
});

/** What the test found, one line a step, each failure with the next step. */
export function TestResults({ results }: { readonly results: readonly StepResult[] }) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.list} aria-label={t('config.test.results', 'What works and what does not')}>
      {results.map((result) => {
        const { look, outcome, next, detail } = stepWords(result);
        return (
          <li key={result.step}>
            <p className={styles.words}>
              <StatusSign status={look}>{stepName(result.step)}</StatusSign>: {outcome}
            </p>
            {next !== '' && <p className={styles.words}>{next}</p>}
            {detail !== '' && <p className={styles.detail}>{detail}</p>}
          </li>
        );
      })}
    </ul>
  );
}
