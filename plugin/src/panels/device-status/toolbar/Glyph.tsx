import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import type { Status } from '../data/status';

interface Props {
  readonly status: Status;
  readonly color: string;
  readonly size?: number;
}

/** The sign of a status as a picture; the word beside it says the same to screen readers. */
export function Glyph({ status, color, size = 12 }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <svg
      width={size}
      height={size}
      viewBox="-6 -6 12 12"
      aria-hidden="true"
      focusable="false"
      className={styles.glyph}
    >
      <Shape status={status} color={color} />
    </svg>
  );
}

function Shape({ status, color }: Pick<Props, 'status' | 'color'>) {
  switch (status) {
    case 'online':
      return <circle r={4.3} fill={color} />;
    case 'warning':
      return <path d="M0-5.1 5.7 4.5H-5.7z" fill={color} />;
    case 'error':
      return <path d="M-4-4 4 4M4-4-4 4" stroke={color} strokeWidth={2.5} strokeLinecap="round" />;
    case 'offline':
      return <circle r={4} fill="none" stroke={color} strokeWidth={1.9} />;
    case 'maintenance':
      return <path d="M0-5.7 5.1 0 0 5.7-5.1 0z" fill={color} />;
    case 'unknown':
      return (
        <path
          d="M-2.700-2.200A2.700 2.700 0 1 1 .800.300Q0 .900 0 2M0 4.700v.01"
          fill="none"
          stroke={color}
          strokeWidth={1.8}
          strokeLinecap="round"
        />
      );
    case 'neutral':
      return <path d="M-3.600-3.600H3.600V3.600H-3.600z" fill={color} />;
    case 'nodata':
      return <path d="M-3.600 0H3.600" stroke={color} strokeWidth={1.9} strokeLinecap="round" />;
  }
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
