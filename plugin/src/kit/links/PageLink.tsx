import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2, type IconName } from '@grafana/ui';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';

const getStyles = (theme: GrafanaTheme2) => ({
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

interface LinkProps {
  /** A path of Grafana below its base, with its query. */
  readonly to: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/**
 * A link to a page of this Grafana. Grafana's own `TextLink` and `LinkButton` take their address through a sanitizer
 * that decodes it: ids with `%`, `/` or a line break come out as others. And `LinkButton` knows no base path.
 */
export function PageLink({ to, className, children }: LinkProps) {
  const styles = useStyles2(getStyles);
  return (
    <Link to={to} className={cx(styles.link, className)}>
      {children}
    </Link>
  );
}

interface ButtonProps extends LinkProps {
  readonly icon: IconName;
  readonly size?: 'sm' | 'md';
}

/** The same in the shape of a button. */
export function PageButton({ to, icon, size = 'md', children }: ButtonProps) {
  const styles = useStyles2(getStyles);
  return (
    <Link to={to} className={cx(styles.button, styles[size])}>
      <Icon name={icon} size={size} />
      {children}
    </Link>
  );
}
