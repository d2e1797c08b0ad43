import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

export const getMapStyles = (theme: GrafanaTheme2) => ({
  head: css({ display: 'flex', gap: theme.spacing(2), alignItems: 'baseline', flexWrap: 'wrap' }),
  map: css({ margin: 0, minWidth: 0 }),
  // Its place is kept: boxes and labels stand in it by their own coordinates.
  stage: css({ position: 'relative', maxWidth: '100%' }),
  nodes: css({ listStyle: 'none', margin: 0 }),
  lines: css({ position: 'absolute', inset: 0, overflow: 'visible' }),
  faded: css({ opacity: 0.25 }),
  node: css({
    position: 'absolute',
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    padding: theme.spacing(0.5, 1),
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    [theme.transitions.handleMotion('no-preference')]: {
      transition: theme.transitions.create('opacity', { duration: theme.transitions.duration.shorter }),
    },
    '&:focus-within': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 1 },
    '& a': { outline: 'none' },
    // The whole box leads where its name does.
    '& a::after': { content: '""', position: 'absolute', inset: 0 },
    '&:hover:has(a)': { background: theme.colors.action.hover },
  }),
  title: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    minWidth: 0,
    fontWeight: theme.typography.fontWeightMedium,
    '& > :last-child': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
    '& svg': { flex: 'none' },
  }),
  kind: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }),
  label: css({
    position: 'absolute',
    transform: 'translate(-50%, -50%)',
    padding: theme.spacing(0, 0.5),
    background: theme.colors.background.primary,
    borderRadius: theme.shape.radius.default,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: 1.3,
    textAlign: 'center',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
    pointerEvents: 'none',
    '& > span': { display: 'block' },
  }),
  quiet: css({ color: theme.colors.text.secondary }),
  tree: css({
    listStyle: 'none',
    margin: 0,
    '& ul': {
      listStyle: 'none',
      margin: 0,
      paddingLeft: theme.spacing(1.5),
      borderLeft: `1px solid ${theme.colors.border.medium}`,
    },
    '& li': { padding: theme.spacing(0.25, 0) },
  }),
  row: css({ display: 'flex', flexWrap: 'wrap', columnGap: theme.spacing(1), alignItems: 'baseline' }),
  caption: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    marginTop: theme.spacing(1),
  }),
  spread: css({ listStyle: 'none', margin: theme.spacing(1, 0, 0) }),
});
