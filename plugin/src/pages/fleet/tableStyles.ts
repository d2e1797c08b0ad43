import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { Column } from './columns';

/** Height of a row in pixels: the list reckons with it. */
export const ROW_HEIGHT = 36;
/** Height of the list in pixels, so that nothing moves when it fills. */
export const LIST_HEIGHT = 520;

interface Width {
  /** Least width in em. */
  readonly least: number;
  /** Share of what is left over. */
  readonly share: number;
}

const WIDTHS: Readonly<Record<Column, Width>> = {
  status: { least: 7.5, share: 0 },
  name: { least: 14, share: 2.5 },
  type: { least: 5, share: 0.8 },
  location: { least: 7, share: 1.2 },
  lastSeen: { least: 9, share: 0 },
  since: { least: 9, share: 0 },
  values: { least: 9, share: 2 },
  alerts: { least: 4, share: 0 },
};

/** An id that is longer may be cut: the whole stands in its tooltip, and in the list of a phone. */
const MOST_OF_ID = 40;

/** Least width of the column: that of names has room for the longest id, `idLength` characters. */
function widthOf(column: Column, idLength: number): Width {
  const width = WIDTHS[column];
  // A character of an id is at most about this wide, em.
  const id = Math.min(MOST_OF_ID, idLength) * 0.65 + 1;
  return column === 'name' ? { ...width, least: Math.max(width.least, id) } : width;
}

/** The grid of a row with the columns: the same for every row, whatever is in it. */
export function gridColumns(columns: readonly Column[], idLength: number): string {
  return columns
    .map((column) => widthOf(column, idLength))
    .map(({ least, share }) => (share === 0 ? `${least}em` : `minmax(${least}em, ${share}fr)`))
    .join(' ');
}

/** Least width of the table; a narrower window scrolls sideways. */
export function tableWidth(columns: readonly Column[], idLength: number): string {
  const gaps = columns.length * 1.2 + 2;
  return `${columns.reduce((sum, column) => sum + widthOf(column, idLength).least, gaps)}em`;
}

export const getTableStyles = (theme: GrafanaTheme2) => ({
  scroll: css({
    height: LIST_HEIGHT,
    overflow: 'auto',
    // What is placed within it scrolls with it and does not widen the page.
    position: 'relative',
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
    padding: theme.spacing(0, 1.5),
    '& > *': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
    // A ring outside of the text would be clipped with it.
    '& a:focus-visible': { outlineOffset: -2, boxShadow: 'none' },
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
