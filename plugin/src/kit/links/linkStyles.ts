import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** How links look, in a text and as a button. */
export const getLinkStyles = (theme: GrafanaTheme2) => ({
  link: css({
    color: theme.colors.text.primary,
    textDecoration: 'underline',
    '&:hover': { color: theme.colors.text.link, textDecoration: 'none' },
  }),
  button: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0, 2),
    borderRadius: theme.shape.radius.default,
    background: theme.colors.secondary.main,
    border: `1px solid ${theme.colors.secondary.border}`,
    color: theme.colors.secondary.text,
    fontWeight: theme.typography.fontWeightMedium,
    whiteSpace: 'nowrap',
    '&:hover': { background: theme.colors.secondary.shade, textDecoration: 'none' },
  }),
  md: css({ minHeight: theme.spacing(theme.components.height.md) }),
  sm: css({
    minHeight: theme.spacing(theme.components.height.sm),
    padding: theme.spacing(0, 1),
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
