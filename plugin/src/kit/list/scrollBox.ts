import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** The look of a list that scrolls by itself; what is in it may ask for the width of the box. */
export function scrollBox(theme: GrafanaTheme2): string {
  return css({
    // What is hidden from the eye stays within the box: the page would grow by it.
    position: 'relative',
    containerType: 'inline-size',
    overflow: 'auto',
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
  });
}
