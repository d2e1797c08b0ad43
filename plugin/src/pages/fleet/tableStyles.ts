import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { Column } from './columns';

/** Height of a row in pixels: the list reckons with it. */
export const ROW_HEIGHT = 36;
/** Height of the list in pixels, so that nothing moves when it fills. */
export const LIST_HEIGHT = 520;

const WIDTHS: Readonly<Record<Column, string>> = {
  status: '8.5em',
  name: 'minmax(14em, 2.5fr)',
  type: 'minmax(6em, 1fr)',
  location: 'minmax(7em, 1.2fr)',
  lastSeen: '11em',
  since: '11em',
  values: 'minmax(10em, 2fr)',
  alerts: '5em',
};

/** The grid of a row with the columns. */
export function gridColumns(columns: readonly Column[]): string {
  return columns.map((column) => WIDTHS[column]).join(' ');
}

export const getTableStyles = (theme: GrafanaTheme2) => ({
  scroll: css({
    height: LIST_HEIGHT,
    overflow: 'auto',
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
  }),
  head: css({
    position: 'sticky',
    top: 0,
    zIndex: 1,
    background: theme.colors.background.secondary,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  row: css({
    display: 'grid',
    columnGap: theme.spacing(2),
    alignItems: 'center',
    height: ROW_HEIGHT,
    minWidth: 'max-content',
    padding: theme.spacing(0, 1.5),
    '& > *': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  }),
  line: css({
    borderTop: `1px solid ${theme.colors.border.weak}`,
    '&:hover': { background: theme.colors.action.hover },
  }),
  sort: css({
    all: 'unset',
    cursor: 'pointer',
    boxSizing: 'border-box',
    maxWidth: '100%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    '&:hover': { color: theme.colors.text.maxContrast },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  number: css({ fontVariantNumeric: 'tabular-nums' }),
});
