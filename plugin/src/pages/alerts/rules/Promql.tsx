import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { promqlTokens, type TokenKind } from '../../../domain/alerts/promqlTokens';

const getStyles = (theme: GrafanaTheme2) => {
  const { visualization, colors, typography } = theme;
  const ink = (dark: string): string => visualization.getColorByName(theme.isDark ? dark : `dark-${dark}`);
  const kinds: Readonly<Partial<Record<TokenKind, string>>> = {
    comment: css({ color: colors.text.secondary, fontStyle: 'italic' }),
    text: css({ color: colors.success.text }),
    number: css({ color: colors.warning.text }),
    keyword: css({ color: ink('purple') }),
    function: css({ color: colors.primary.text }),
  };
  return {
    kinds,
    code: css({
      fontFamily: typography.fontFamilyMonospace,
      fontSize: typography.bodySmall.fontSize,
      background: colors.background.secondary,
      border: `1px solid ${colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      color: colors.text.primary,
      padding: theme.spacing(1, 1.5),
      margin: 0,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      maxHeight: '16em',
      overflowY: 'auto',
    }),
  };
};

/** A PromQL expression, coloured; the text is the expression to the letter. */
export function Promql({ expression, label }: { readonly expression: string; readonly label: string }) {
  const styles = useStyles2(getStyles);
  const tokens = useMemo(() => promqlTokens(expression), [expression]);
  return (
    // A box that scrolls must be reachable with the keyboard.
    <pre className={styles.code} tabIndex={0} aria-label={label} role="region">
      <code className={css({ all: 'unset' })}>
        {tokens.map(({ kind, text, at }) => {
          const style = styles.kinds[kind];
          return style === undefined ? (
            text
          ) : (
            <span key={at} className={style}>
              {text}
            </span>
          );
        })}
      </code>
    </pre>
  );
}
