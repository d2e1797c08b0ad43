import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

const getStyles = (theme: GrafanaTheme2) =>
  css({
    color: theme.colors.text.secondary,
    cursor: 'help',
    // Text for screen readers is placed by its box: without one it would widen the page from within a scrolling list.
    position: 'relative',
  });

/** A value that is not known: a dash, never 0, with the reason on hover and for screen readers. */
export function Missing({ reason }: { readonly reason: string }) {
  const style = useStyles2(getStyles);
  return (
    <span className={style} title={reason}>
      <span aria-hidden="true">–</span>
      <span className="sr-only">{reason}</span>
    </span>
  );
}
