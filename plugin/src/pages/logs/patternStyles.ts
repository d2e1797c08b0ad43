import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { codeText, gridRow, headRow, quietText } from '../../kit/list/rowStyles';

const STACKED = '@container (max-width: 1079.98px)';
const PHONE = '@container (max-width: 559.98px)';

export const getPatternStyles = (theme: GrafanaTheme2) => ({
  room: css({ containerType: 'inline-size' }),
  head: css({
    ...headRow(theme),
    // Stacked rows have no columns that a head could stand over.
    [STACKED]: { display: 'none' },
  }),
  row: css({
    ...gridRow(theme),
    gridTemplateColumns: '6.5em minmax(0, 1fr) 8em 80px 11em 12em 9em',
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
    ...codeText(theme),
    overflowWrap: 'anywhere',
  }),
  number: css({ fontVariantNumeric: 'tabular-nums' }),
  quiet: css(quietText(theme)),
  actions: css({ display: 'flex', gap: theme.spacing(0.5), justifyContent: 'flex-end' }),
});
