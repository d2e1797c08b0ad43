import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { scrollBox } from '../../../kit/list/scrollBox';

/** Below this width of the list, pixels, the parts of a line stand below each other. */
export const STACKED_BELOW = 720;
/** Guesses of a line's height, pixels. */
export const LINE_HEIGHT = 29;
export const STACKED_HEIGHT = 72;
/** time · level · service · message · device and trace */
export const LINE_COLUMNS = 5;

const STACKED = `@container (max-width: ${STACKED_BELOW - 0.02}px)`;
const NARROW = '@container (max-width: 1100px)';

export const getLineStyles = (theme: GrafanaTheme2) => ({
  box: scrollBox(theme),
  row: css({
    display: 'grid',
    columnGap: theme.spacing(1.5),
    gridTemplateColumns: '11em 7em 11em minmax(0, 1fr) fit-content(20em)',
    alignItems: 'baseline',
    padding: theme.spacing(0.5, 1.5),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    fontSize: theme.typography.bodySmall.fontSize,
    '& > *': { minWidth: 0 },
    [NARROW]: { gridTemplateColumns: '11em 6.5em 9em minmax(0, 1fr) fit-content(9em)' },
    // On a phone: when and how bad, then who said it, then what.
    [STACKED]: {
      gridTemplateColumns: 'auto auto minmax(0, 1fr)',
      gridTemplateAreas: '"time level service" "message message message" "about about about"',
      rowGap: theme.spacing(0.25),
      '& > :nth-child(1)': { gridArea: 'time' },
      '& > :nth-child(2)': { gridArea: 'level' },
      '& > :nth-child(3)': { gridArea: 'service' },
      '& > :nth-child(4)': { gridArea: 'message' },
      '& > :nth-child(5)': { gridArea: 'about' },
    },
  }),
  opened: css({ background: theme.colors.background.secondary }),
  time: css({ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap', color: theme.colors.text.secondary }),
  service: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  message: css({
    all: 'unset',
    boxSizing: 'border-box',
    display: 'block',
    width: '100%',
    cursor: 'pointer',
    fontFamily: theme.typography.fontFamilyMonospace,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    '&:hover': { color: theme.colors.text.maxContrast },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 1 },
  }),
  wrapped: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }),
  exception: css({ marginLeft: theme.spacing(1), color: theme.colors.error.text }),
  about: css({
    display: 'flex',
    gap: theme.spacing(1),
    justifyContent: 'flex-end',
    [STACKED]: { justifyContent: 'flex-start' },
    '& > *': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  }),
  trace: css({ [NARROW]: { display: 'none' }, [STACKED]: { display: 'inline' } }),
  details: css({
    padding: theme.spacing(1, 2, 2),
    background: theme.colors.background.secondary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  more: css({ padding: theme.spacing(1), textAlign: 'center' }),
});

export const getLineDetailStyles = (theme: GrafanaTheme2) => ({
  actions: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' }),
  fields: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(24em, 100%), 1fr))',
    gap: theme.spacing(0.25, 3),
    margin: 0,
    fontSize: theme.typography.bodySmall.fontSize,
    '& > div': { display: 'grid', gridTemplateColumns: '9em minmax(0, 1fr)', gap: theme.spacing(1) },
    '& dt': {
      color: theme.colors.text.secondary,
      fontWeight: theme.typography.fontWeightRegular,
      overflowWrap: 'anywhere',
    },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  }),
  text: css({
    margin: 0,
    padding: theme.spacing(1),
    maxHeight: '24em',
    overflow: 'auto',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontSize: theme.typography.bodySmall.fontSize,
    background: theme.colors.background.canvas,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    color: theme.colors.text.primary,
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  title: css({ ...theme.typography.h6, margin: 0 }),
  quiet: css({ color: theme.colors.text.secondary, margin: 0 }),
  around: css({ listStyle: 'none', margin: 0, fontSize: theme.typography.bodySmall.fontSize }),
  neighbour: css({
    display: 'grid',
    gridTemplateColumns: '12em 7em minmax(0, 1fr)',
    gap: theme.spacing(1),
    padding: theme.spacing(0.25, 0.5),
    [theme.breakpoints.down('md')]: { gridTemplateColumns: 'auto minmax(0, 1fr)' },
    '& code': {
      overflowWrap: 'anywhere',
      whiteSpace: 'pre-wrap',
      background: 'none',
      border: 0,
      padding: 0,
      color: 'inherit',
      [theme.breakpoints.down('md')]: { gridColumn: '1 / -1' },
    },
  }),
  itself: css({ background: theme.colors.action.selected, fontWeight: theme.typography.fontWeightMedium }),
});
