import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { codeText, gridRow, headRow, quietText } from '../../../kit/list/rowStyles';

const STACKED = '@container (max-width: 999.98px)';

export const getTraceListStyles = (theme: GrafanaTheme2) => ({
  room: css({ containerType: 'inline-size', display: 'grid', gap: theme.spacing(1), minWidth: 0 }),
  bar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2), alignItems: 'center' }),
  title: css({ ...theme.typography.h5, margin: 0 }),
  source: css({ color: theme.colors.text.secondary, flex: 1, minWidth: '12em' }),
  head: css({
    ...headRow(theme),
    // Stacked rows have no columns that a head could stand over.
    [STACKED]: { display: 'none' },
  }),
  row: css({
    ...gridRow(theme),
    gridTemplateColumns: '7em minmax(0, 1fr) 7em 5.5em 10em 13.5em',
    [STACKED]: {
      gridTemplateColumns: '7em minmax(0, 1fr) auto',
      gridTemplateAreas: '"what what what" "time duration status" "device device actions"',
      rowGap: theme.spacing(0.5),
      '& > :nth-child(1)': { gridArea: 'time' },
      '& > :nth-child(2)': { gridArea: 'what' },
      '& > :nth-child(3)': { gridArea: 'duration' },
      '& > :nth-child(4)': { gridArea: 'status' },
      '& > :nth-child(5)': { gridArea: 'device' },
      '& > :nth-child(6)': { gridArea: 'actions' },
    },
  }),
  what: css({ overflowWrap: 'anywhere' }),
  operation: css(codeText(theme)),
  quiet: css(quietText(theme)),
  error: css({ color: theme.colors.error.text, fontSize: theme.typography.bodySmall.fontSize }),
  duration: css({ fontVariantNumeric: 'tabular-nums' }),
  // How long it took beside the others, for the eye; the number says it in words.
  length: css({ height: 3, background: theme.colors.border.strong, borderRadius: 2, marginTop: 2 }),
  actions: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5), justifyContent: 'flex-end' }),
});
