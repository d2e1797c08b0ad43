import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

export const SPARKLINE = { width: 80, height: 20 } as const;

/** The points of a line that fills the box, `x,y` pairs; empty with fewer than two values. */
export function sparklinePoints(values: readonly number[], width: number, height: number): string {
  const known = values.filter(Number.isFinite);
  if (known.length < 2) return '';
  const least = known.reduce((a, b) => Math.min(a, b));
  const span = known.reduce((a, b) => Math.max(a, b)) - least;
  return known
    .map((value, index) => {
      const x = (index / (known.length - 1)) * width;
      const y = span === 0 ? height / 2 : height - 1 - ((value - least) / span) * (height - 2);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}

const getStyles = (theme: GrafanaTheme2) => css({ color: theme.colors.text.secondary, flex: 'none' });

/** The course of a value, without axes; the value itself stands beside it in words. */
export function Sparkline({ values }: { readonly values: readonly number[] }) {
  const style = useStyles2(getStyles);
  const { width, height } = SPARKLINE;
  return (
    <svg
      className={style}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      <polyline
        points={sparklinePoints(values, width, height)}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
      />
    </svg>
  );
}
