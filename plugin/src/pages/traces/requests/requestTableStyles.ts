import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

const NARROW = '@container (max-width: 699.98px)';

export const getRequestTableStyles = (theme: GrafanaTheme2) => ({
  room: css({ containerType: 'inline-size' }),
  bar: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 2),
    alignItems: 'center',
    marginBottom: theme.spacing(0.5),
  }),
  title: css({ ...theme.typography.h5, margin: 0 }),
  row: css({
    display: 'grid',
    columnGap: theme.spacing(2),
    alignItems: 'center',
    gridTemplateColumns: 'minmax(0, 1fr) 4.5em 5.5em 5em 5em 6em',
    padding: theme.spacing(0.5, 0),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    '& > *': { minWidth: 0 },
    [NARROW]: {
      gridTemplateColumns: 'repeat(5, minmax(0, 1fr))',
      rowGap: theme.spacing(0.5),
      columnGap: theme.spacing(1),
      '& > :first-child': { gridColumn: '1 / -1' },
    },
  }),
  head: css({
    color: theme.colors.text.secondary,
    '& > *': { fontSize: theme.typography.bodySmall.fontSize },
  }),
  number: css({ textAlign: 'right', fontVariantNumeric: 'tabular-nums', [NARROW]: { textAlign: 'left' } }),
  sort: css({
    all: 'unset',
    cursor: 'pointer',
    boxSizing: 'border-box',
    maxWidth: '100%',
    '&:hover': { color: theme.colors.text.maxContrast },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 1 },
  }),
  name: css({
    all: 'unset',
    boxSizing: 'border-box',
    maxWidth: '100%',
    cursor: 'pointer',
    overflowWrap: 'anywhere',
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    borderRadius: theme.shape.radius.default,
    '&:hover': { textDecoration: 'underline' },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 1 },
  }),
  chosen: css({ background: theme.colors.action.selected }),
});
