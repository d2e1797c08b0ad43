import { cx } from '@emotion/css';
import { Icon, useStyles2, type IconName } from '@grafana/ui';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { getLinkStyles } from './linkStyles';

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
  const styles = useStyles2(getLinkStyles);
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
  const styles = useStyles2(getLinkStyles);
  return (
    <Link to={to} className={cx(styles.button, styles[size])}>
      <Icon name={icon} size={size} />
      {children}
    </Link>
  );
}
