import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import type { Status } from '../frames/status';
import { GLYPH_SHAPES } from '../canvas/glyphs';

interface Props {
  readonly status: Status;
  readonly color: string;
  readonly size?: number;
}

/** The sign of a status as a picture; the word beside it says the same to screen readers. */
export function Glyph({ status, color, size = 12 }: Props) {
  const styles = useStyles2(getStyles);
  const { path, line } = GLYPH_SHAPES[status];
  return (
    <svg
      width={size}
      height={size}
      viewBox="-6 -6 12 12"
      aria-hidden="true"
      focusable="false"
      className={styles.glyph}
    >
      {line === undefined ? (
        <path d={path} fill={color} />
      ) : (
        <path d={path} fill="none" stroke={color} strokeWidth={line} strokeLinecap="round" />
      )}
    </svg>
  );
}

const getStyles = () => ({
  glyph: css({
    flex: 'none',
    // The system's own colour where it decides them: an attribute would keep the theme's.
    '@media (forced-colors: active)': {
      '& [fill]:not([fill="none"])': { fill: 'CanvasText' },
      '& [stroke]': { stroke: 'CanvasText' },
    },
  }),
});
