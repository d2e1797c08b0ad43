import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

const STACKED = '@container (max-width: 1079.98px)';
const PHONE = '@container (max-width: 559.98px)';

export const getPatternStyles = (theme: GrafanaTheme2) => ({
  room: css({ containerType: 'inline-size' }),
  head: css({
    color: theme.colors.text.secondary,
    // On the cells: the columns are as wide as the letters of the row.
    '& > *': { fontSize: theme.typography.bodySmall.fontSize },
    // Stacked rows have no columns that a head could stand over.
    [STACKED]: { display: 'none' },
  }),
  row: css({
    display: 'grid',
    columnGap: theme.spacing(2),
    alignItems: 'center',
    gridTemplateColumns: '6.5em minmax(0, 1fr) 8em 80px 11em 12em 9em',
    padding: theme.spacing(0.5, 0),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    '& > *': { minWidth: 0 },
    [STACKED]: {
      gridTemplateColumns: '6.5em 8em 80px minmax(0, 1fr) auto',
      gridTemplateAreas:
        '"template template template template template" "level count course since actions" "service service service service service"',
      rowGap: theme.spacing(0.5),
      '& > :nth-child(1)': { gridArea: 'level' },
      '& > :nth-child(2)': { gridArea: 'template' },
      '& > :nth-child(3)': { gridArea: 'count' },
      '& > :nth-child(4)': { gridArea: 'course' },
      '& > :nth-child(5)': { gridArea: 'since' },
      '& > :nth-child(6)': { gridArea: 'service' },
      '& > :nth-child(7)': { gridArea: 'actions' },
    },
    [PHONE]: {
      gridTemplateColumns: '6.5em minmax(0, 1fr) auto',
      gridTemplateAreas:
        '"template template template" "level count course" "since since actions" "service service service"',
    },
  }),
  template: css({
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
  }),
  number: css({ fontVariantNumeric: 'tabular-nums' }),
  quiet: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
  }),
  actions: css({ display: 'flex', gap: theme.spacing(0.5), justifyContent: 'flex-end' }),
});
