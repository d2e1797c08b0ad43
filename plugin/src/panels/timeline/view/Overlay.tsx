import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Size } from '../../../kit/list/useSize';
import type { Box } from '../../../kit/targets/place';
import { HEAD_HEIGHT } from '../draw/layout';

interface Props {
  readonly size: Size;
  /** Where the crosshair stands, pixels from the left. */
  readonly line: number | undefined;
  /** What is being dragged over. */
  readonly brush: Pick<Box, 'x' | 'width'> | undefined;
  /** The state that pointer or keyboard is at. */
  readonly ring: Box | undefined;
  /** Whether the keyboard is there. */
  readonly isFocus: boolean;
}

/** What moves with the pointer lies above the picture, which is not drawn anew for it. */
export function Overlay({ size, line, brush, ring, isFocus }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.overlay} style={size}>
      {line !== undefined && <div className={styles.line} data-testid="crosshair" style={{ left: line }} />}
      {brush !== undefined && (
        <div className={styles.brush} data-testid="brush" style={{ left: brush.x, width: brush.width }} />
      )}
      {ring !== undefined && (
        <div
          className={styles.ring}
          data-focus={isFocus}
          style={{ left: ring.x, top: ring.y, width: ring.width, height: ring.height }}
        />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  overlay: css({
    position: 'absolute',
    top: 0,
    left: 0,
    overflow: 'hidden',
    pointerEvents: 'none',
    clipPath: `inset(${HEAD_HEIGHT - 6}px 0 0 0)`,
  }),
  line: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    width: 0,
    borderLeft: `1px dashed ${theme.colors.text.secondary}`,
  }),
  brush: css({ position: 'absolute', top: 0, bottom: 0, background: theme.colors.action.selected }),
  ring: css({
    position: 'absolute',
    border: `1px solid ${theme.colors.text.primary}`,
    borderRadius: 2,
    '&[data-focus="true"]': {
      border: `2px solid ${theme.colors.primary.main}`,
      boxShadow: `0 0 0 1px ${theme.colors.background.primary}`,
    },
  }),
});
