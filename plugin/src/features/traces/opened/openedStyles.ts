import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** From this width on the waterfall has its lines beside it. */
const WIDE = '@container (min-width: 1500px)';

export const getOpenedStyles = (theme: GrafanaTheme2) => ({
  room: css({ containerType: 'inline-size', display: 'grid', gap: theme.spacing(2), minWidth: 0 }),
  beside: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignItems: 'start',
    [WIDE]: { gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)' },
  }),
  head: css({ display: 'grid', gap: theme.spacing(1), minWidth: 0 }),
  title: css({ ...theme.typography.h3, margin: 0, overflowWrap: 'anywhere' }),
  part: css({ ...theme.typography.h5, margin: 0 }),
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 3),
    margin: 0,
    '& > div': { display: 'flex', gap: theme.spacing(1), alignItems: 'center', minWidth: 0 },
    '& dt': {
      color: theme.colors.text.secondary,
      fontWeight: theme.typography.fontWeightRegular,
      whiteSpace: 'nowrap',
    },
    '& dd': { margin: 0, overflowWrap: 'anywhere', minWidth: 0 },
  }),
  links: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
  id: css({
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  quiet: css({ color: theme.colors.text.secondary, margin: 0 }),
  why: css({
    display: 'grid',
    gap: theme.spacing(1, 4),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(28em, 100%), 1fr))',
  }),
  list: css({ listStyle: 'none', margin: 0, overflowWrap: 'anywhere' }),
  spent: css({
    display: 'grid',
    gridTemplateColumns: '5em minmax(0, 1fr)',
    gap: theme.spacing(0, 1),
    fontVariantNumeric: 'tabular-nums',
  }),
  // How much of the whole it is, for the eye; the number says it in words.
  share: css({ height: 3, background: theme.colors.border.strong, borderRadius: 2 }),
  neighbour: css({
    display: 'grid',
    gridTemplateColumns: '7em 6em 5em minmax(0, 1fr)',
    gap: theme.spacing(0, 1.5),
    alignItems: 'baseline',
    padding: theme.spacing(0.25, 0.5),
    fontVariantNumeric: 'tabular-nums',
    overflowWrap: 'anywhere',
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: '7em 6em 5em' },
  }),
  // A background would take the contrast from the colours of words.
  itself: css({
    boxShadow: `inset 3px 0 ${theme.colors.primary.main}`,
    fontWeight: theme.typography.fontWeightMedium,
  }),
});
