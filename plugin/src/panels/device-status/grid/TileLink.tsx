import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { MouseEvent } from 'react';
import type { Box } from '../layout/tiles';
import type { Layout } from '../layout/layout';
import type { DeviceAction } from '../links/actions';
import type { DeviceLink } from '../links/device-links';

/** Where a tile leads: one address, or several things to choose from, or nowhere. */
export interface Targets {
  readonly href?: string;
  readonly target?: '_blank' | '_self';
  readonly onClick?: DeviceLink['onClick'];
  /** Goes to the address, as a click on it would. */
  readonly follow: () => void;
  readonly choice?: { readonly links: readonly DeviceLink[]; readonly actions: readonly DeviceAction[] };
}

interface Props {
  readonly box: Box;
  readonly kind: Layout['kind'];
  readonly targets: Targets;
  readonly onChoose: () => void;
}

/**
 * A real link over the tile under the pointer, so that middle click, "copy address" and "open in new tab" work
 * on a canvas. The keyboard has the list of devices instead, so it is left out of the order of tabs.
 */
export function TileLink({ box, kind, targets, onChoose }: Props) {
  const styles = useStyles2(getStyles);
  const place = { left: box.x, top: box.y, width: box.width, height: box.height };
  const { href, target, onClick, choice } = targets;
  if (href !== undefined) {
    return (
      <a
        className={styles.link}
        data-kind={kind}
        style={place}
        href={href}
        target={target}
        rel={target === '_blank' ? 'noreferrer' : undefined}
        tabIndex={-1}
        aria-hidden="true"
        data-testid="tile-link"
        onClick={(event: MouseEvent) => {
          if (onClick === undefined) return;
          event.preventDefault();
          onClick(event);
        }}
      />
    );
  }
  if (choice === undefined) return <div className={styles.link} data-kind={kind} data-plain style={place} />;
  return <div className={styles.link} data-kind={kind} style={place} onClick={onChoose} aria-hidden="true" />;
}

const getStyles = (theme: GrafanaTheme2) => ({
  link: css({
    position: 'absolute',
    cursor: 'pointer',
    background: theme.colors.action.hover,
    borderRadius: theme.shape.radius.default,
    '&[data-kind="honeycomb"]': {
      borderRadius: 0,
      clipPath: 'polygon(50% 0, 100% 25%, 100% 75%, 50% 100%, 0 75%, 0 25%)',
    },
    '&[data-plain]': { cursor: 'default' },
  }),
});
