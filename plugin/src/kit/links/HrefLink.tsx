import { cx } from '@emotion/css';
import { Icon, useStyles2, type IconName } from '@grafana/ui';
import type { MouseEvent, ReactNode } from 'react';
import { getLinkStyles } from './linkStyles';

/** The address, if it is one that a browser may open; annotations are anybody's text. */
export function safeUrl(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}

interface LinkProps {
  /** A whole address, taken as it is: checked by `safeUrl`, or given by Grafana with its base path. */
  readonly href: string;
  readonly children: ReactNode;
}

/** A link out of Grafana, in a tab of its own. Links to pages of this Grafana are `PageLink`. */
export function HrefLink({ href, children }: LinkProps) {
  const styles = useStyles2(getLinkStyles);
  return (
    <a href={href} target="_blank" rel="noreferrer" className={styles.link}>
      {children} <Icon name="external-link-alt" size="sm" />
    </a>
  );
}

interface ButtonProps extends LinkProps {
  readonly icon: IconName;
  /** Undefined: where the page is. */
  readonly target?: '_blank' | '_self' | undefined;
  readonly onClick?: ((event: MouseEvent) => void) | undefined;
}

/** The same in the shape of a small button, in a tab of its own only where `target` says so. */
export function HrefButton({ href, icon, target, onClick, children }: ButtonProps) {
  const styles = useStyles2(getLinkStyles);
  return (
    <a
      href={href}
      target={target}
      rel="noreferrer"
      className={cx(styles.button, styles.sm)}
      onClick={onClick}
    >
      <Icon name={icon} size="sm" />
      {children}
    </a>
  );
}
