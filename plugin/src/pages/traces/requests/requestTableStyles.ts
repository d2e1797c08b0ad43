import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { codeText, gridRow, headRow } from '../../../kit/list/rowStyles';

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
    ...gridRow(theme),
    gridTemplateColumns: 'minmax(0, 1fr) 4.5em 5.5em 5em 5em 6em',
    [NARROW]: {
      gridTemplateColumns: 'repeat(5, minmax(0, 1fr))',
      rowGap: theme.spacing(0.5),
      columnGap: theme.spacing(1),
      '& > :first-child': { gridColumn: '1 / -1' },
    },
  }),
  head: css(headRow(theme)),
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
    ...codeText(theme),
    borderRadius: theme.shape.radius.default,
    '&:hover': { textDecoration: 'underline' },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 1 },
  }),
  chosen: css({ background: theme.colors.action.selected }),
});
