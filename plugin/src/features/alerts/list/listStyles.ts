import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { scrollBox } from '../../../kit/list/scrollBox';
import { ALERT_HEIGHT, GROUP_HEIGHT, STACKED_BELOW, STACKED_HEIGHT } from './listLayout';

/** How many columns the list has. */
export const LIST_COLUMNS = 6;

/** Below this width of the list, words of buttons give way to their icons. */
export const NARROW = '62em';

const STACKED = `@container (max-width: ${STACKED_BELOW - 0.02}px)`;
const WIDE = `@container (min-width: ${STACKED_BELOW}px)`;

/** Styles of the list: every row has the same columns, whatever is in it. */
export const getListStyles = (theme: GrafanaTheme2) => ({
  box: scrollBox(theme),
  table: css({ [WIDE]: { minWidth: '48em' } }),
  row: css({
    display: 'grid',
    columnGap: theme.spacing(2),
    gridTemplateColumns: '1.5em 6.5em minmax(12em, 3fr) 11.5em minmax(9em, 3fr) 13.5em',
    [`@container (max-width: ${NARROW})`]: {
      gridTemplateColumns: '1.5em 6.5em minmax(12em, 3fr) 11.5em minmax(9em, 2fr) 5em',
    },
    alignItems: 'center',
    height: ALERT_HEIGHT,
    padding: theme.spacing(0, 1.5),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    '&:hover': { background: theme.colors.action.hover },
    '& > *': { minWidth: 0 },
    // On a phone what it is stands above how it is, and what can be done below both.
    [STACKED]: {
      height: STACKED_HEIGHT,
      gridTemplateColumns: '1.5em minmax(0, 1fr) minmax(0, 1fr)',
      gridTemplateAreas:
        '"select severity severity" "name name name" "state state people" "actions actions actions"',
      alignContent: 'center',
      rowGap: theme.spacing(0.5),
      '& > :nth-child(1)': { gridArea: 'select' },
      '& > :nth-child(2)': { gridArea: 'severity' },
      '& > :nth-child(3)': { gridArea: 'name' },
      '& > :nth-child(4)': { gridArea: 'state' },
      '& > :nth-child(5)': { gridArea: 'people' },
      '& > :nth-child(6)': { gridArea: 'actions', justifyContent: 'flex-start' },
    },
  }),
  selected: css({ background: theme.colors.action.selected }),
  faded: css({ opacity: 0.65 }),
  group: css({
    display: 'flex',
    gap: theme.spacing(1.5),
    alignItems: 'center',
    height: GROUP_HEIGHT,
    padding: theme.spacing(0, 1.5),
    background: theme.colors.background.secondary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    whiteSpace: 'nowrap',
    // On a phone the name gives way, then how many of them fire.
    '& > *': { flex: 'none', minWidth: 0 },
    '& > :has(button)': { flex: '0 1 auto', overflow: 'hidden' },
    '& > :last-child': { flex: '0 100 auto', overflow: 'hidden', textOverflow: 'ellipsis' },
  }),
  groupName: css({
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    fontWeight: theme.typography.fontWeightMedium,
  }),
  open: css({
    all: 'unset',
    display: 'flex',
    gap: theme.spacing(0.5),
    alignItems: 'center',
    cursor: 'pointer',
    maxWidth: '100%',
    minWidth: 0,
    boxSizing: 'border-box',
    '& > svg': { flex: 'none' },
    '&:hover': { color: theme.colors.text.maxContrast },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 1 },
  }),
  lines: css({ display: 'grid', gap: 1, minWidth: 0 }),
  line: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 }),
  nameLine: css({ display: 'flex', minWidth: 0, whiteSpace: 'pre' }),
  // What it is about tells alerts apart: the name gives way first.
  where: css({ flex: '0 0 auto', maxWidth: '80%' }),
  name: css({ fontWeight: theme.typography.fontWeightMedium }),
  quiet: css({ color: theme.colors.text.secondary }),
  refused: css({ color: theme.colors.error.text }),
  number: css({ fontVariantNumeric: 'tabular-nums' }),
  actions: css({
    display: 'flex',
    gap: theme.spacing(0.5),
    justifyContent: 'flex-end',
    [`@container (min-width: ${STACKED_BELOW}px) and (max-width: ${NARROW})`]: {
      '& span': { display: 'none' },
    },
  }),
  details: css({
    padding: theme.spacing(2, 2, 2, 5),
    [STACKED]: { padding: theme.spacing(1) },
    background: theme.colors.background.secondary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
});
