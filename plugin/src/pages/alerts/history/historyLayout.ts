import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** Height of a row, of what opens below it, and of the list, pixels: the list reckons with them. */
export const ROW_HEIGHT = 48;
export const DETAILS_HEIGHT = 300;
export const LIST_HEIGHT = 560;

/** How many columns the list has. */
export const HISTORY_COLUMNS = 6;
/** severity · name and summary · device · began and lasted · acknowledged · known from */
const COLUMNS = '6.5em minmax(11em, 2.5fr) minmax(7.5em, 1fr) 9em minmax(7em, 1.5fr) 7em';
/** On a phone the device stands below the name; who dealt with it and who knows it is said when it is opened. */
const NARROW = '@container (max-width: 639.98px)';
const WIDE = '@container (min-width: 640px)';

export const getHistoryStyles = (theme: GrafanaTheme2) => ({
  scroll: css({
    // What is hidden from the eye stays within the box: the page would grow by it.
    position: 'relative',
    maxHeight: LIST_HEIGHT,
    overflow: 'auto',
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
  }),
  table: css({ [WIDE]: { minWidth: '54em' } }),
  head: css({
    position: 'sticky',
    top: 0,
    zIndex: 1,
    background: theme.colors.background.secondary,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  row: css({
    display: 'grid',
    gridTemplateColumns: COLUMNS,
    columnGap: theme.spacing(1.5),
    alignItems: 'center',
    height: ROW_HEIGHT,
    padding: theme.spacing(0, 1.5),
    '& > *': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
    [NARROW]: {
      gridTemplateColumns: '6em minmax(0, 1fr) 7.5em',
      gridTemplateAreas: '"severity name began" "severity device began"',
      alignContent: 'center',
      '& > :nth-child(1)': { gridArea: 'severity' },
      '& > :nth-child(2)': { gridArea: 'name' },
      '& > :nth-child(3)': { gridArea: 'device' },
      '& > :nth-child(4)': { gridArea: 'began' },
      '& > :nth-child(n + 5)': { display: 'none' },
    },
  }),
  summary: css({ [NARROW]: { '&&': { display: 'none' } } }),
  line: css({
    borderTop: `1px solid ${theme.colors.border.weak}`,
    '&:hover': { background: theme.colors.action.hover },
  }),
  open: css({
    all: 'unset',
    boxSizing: 'border-box',
    width: '100%',
    cursor: 'pointer',
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    '& > span': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
    '& > svg': { flexShrink: 0 },
  }),
  lines: css({
    minWidth: 0,
    '& > *': { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  }),
  second: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  quiet: css({ color: theme.colors.text.secondary }),
  number: css({ fontVariantNumeric: 'tabular-nums' }),
  details: css({
    height: DETAILS_HEIGHT,
    overflowY: 'auto',
    padding: theme.spacing(1, 2, 2, 4.5),
    background: theme.colors.background.secondary,
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  columns: css({
    display: 'grid',
    gap: theme.spacing(2, 4),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(24em, 100%), 1fr))',
    '& > *': { minWidth: 0, overflowWrap: 'anywhere' },
  }),
  title: css({ ...theme.typography.h6, margin: theme.spacing(0, 0, 0.5) }),
  life: css({ listStyle: 'none', margin: 0, display: 'grid', gap: theme.spacing(0.5) }),
  event: css({
    display: 'grid',
    gridTemplateColumns: '13em minmax(0, 1fr)',
    gap: theme.spacing(1),
    fontVariantNumeric: 'tabular-nums',
  }),
  facts: css({
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    gap: theme.spacing(0.25, 2),
    margin: 0,
    '& > dt': { fontWeight: 'normal', color: theme.colors.text.secondary },
    '& > dd': { margin: 0 },
  }),
});
