import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Layout } from '../layout/layout';
import type { Box } from '../layout/tiles';
import { clickOf, type DeviceLink } from '../../../kit/targets/device-links';

interface Props {
  readonly box: Box;
  readonly kind: Layout['kind'];
  /** Where the tile leads to at once. */
  readonly link: DeviceLink | undefined;
  /** Whether a click does something else. */
  readonly isClickable: boolean;
  readonly onClick: () => void;
}

/**
 * A real link over the tile under the pointer, so that middle click, "copy address" and "open in new tab" work
 * on a canvas. The keyboard has the list of devices instead, so it is left out of the order of tabs.
 */
export function TileLink({ box, kind, link, isClickable, onClick }: Props) {
  const styles = useStyles2(getStyles);
  const place = { left: box.x, top: box.y, width: box.width, height: box.height };
  if (link !== undefined) {
    return (
      <a
        className={styles.link}
        data-kind={kind}
        style={place}
        href={link.href}
        target={link.target}
        rel={link.target === '_blank' ? 'noreferrer' : undefined}
        tabIndex={-1}
        aria-hidden="true"
        data-testid="tile-link"
        onClick={clickOf(link)}
      />
    );
  }
  if (!isClickable) return <div className={styles.link} data-kind={kind} data-plain style={place} />;
  return <div className={styles.link} data-kind={kind} style={place} onClick={onClick} aria-hidden="true" />;
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
