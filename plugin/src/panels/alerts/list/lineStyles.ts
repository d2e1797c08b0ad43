import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** Heights of a line in pixels; the list reckons with them. */
export const LINE_HEIGHT = { compact: 30, wide: 48 } as const;

/** Narrower panels leave out what is least needed, pixels. */
export const NARROW = 520;
/** Below it there is room for what and how long only, pixels. */
export const TINY = 300;

const oneLine = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

/** The looks of headings and lines. */
export const getLineStyles = (theme: GrafanaTheme2) => ({
  scroll: css({
    // What is hidden from the eye stays within the box: the page would grow by it.
    position: 'relative',
    flex: 1,
    minHeight: 0,
    overflow: 'auto',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  list: css({ listStyle: 'none', margin: 0 }),
  group: css({
    display: 'flex',
    alignItems: 'end',
    gap: theme.spacing(1),
    paddingBottom: theme.spacing(0.5),
    fontWeight: theme.typography.fontWeightMedium,
    ...oneLine,
    '& span': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
  }),
  line: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0, 0.5),
    borderTop: `1px solid ${theme.colors.border.weak}`,
    '&:hover': { background: theme.colors.action.hover },
  }),
  sign: css({ flex: 'none', width: '1.4em', textAlign: 'center' }),
  severity: css({ flex: 'none', width: '4.6em', ...oneLine }),
  what: css({ flex: 1, minWidth: 0 }),
  first: css({ display: 'flex', alignItems: 'baseline', gap: theme.spacing(1), minWidth: 0 }),
  name: css({
    flexShrink: 1,
    minWidth: '4em',
    color: theme.colors.text.primary,
    fontWeight: theme.typography.fontWeightMedium,
    ...oneLine,
    '&:is(a):hover': { textDecoration: 'underline' },
  }),
  text: css({ flexShrink: 1000, minWidth: 0, color: theme.colors.text.secondary, ...oneLine }),
  badge: css({ flexShrink: 10, minWidth: '3em', color: theme.colors.text.secondary, ...oneLine }),
  label: css({
    flexShrink: 10,
    minWidth: '3em',
    color: theme.colors.text.secondary,
    ...oneLine,
    '&:is(a)': { color: theme.colors.text.link },
  }),
  refused: css({ color: theme.colors.error.text }),
  since: css({ flex: 'none', textAlign: 'right' }),
  // The time of day gives way to how long.
  duration: css({ flex: 'none', '& time > span': { display: 'none' } }),
  actions: css({ flex: 'none', display: 'flex', gap: theme.spacing(0.5) }),
});
