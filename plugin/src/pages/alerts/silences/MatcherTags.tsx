import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { formatMatcher, matcherOperator } from '../../../domain/alerts/matchers';
import type { Matcher } from '../../../domain/alerts/silence';
import { withKeys } from '../../../kit/uniqueKeys';

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: 'none',
    margin: 0,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
  }),
  matcher: css({
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(0, 0.75),
    overflowWrap: 'anywhere',
  }),
});

/** Matchers as Alertmanager writes them, without the quotes. */
export function MatcherTags({ matchers }: { readonly matchers: readonly Matcher[] }) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.list}>
      {withKeys(matchers, formatMatcher).map(({ key, item: matcher }) => (
        <li key={key} className={styles.matcher}>
          <bdi>{matcher.name}</bdi>
          {matcherOperator(matcher)}
          <bdi>{matcher.value}</bdi>
        </li>
      ))}
    </ul>
  );
}
