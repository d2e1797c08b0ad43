import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** A report is read on paper too: tables and no boxes, nothing that has to be pressed to be seen. */
export const getReportStyles = (theme: GrafanaTheme2) => ({
  report: css({ display: 'grid', gap: theme.spacing(4), maxWidth: '72em', minWidth: 0 }),
  section: css({ minWidth: 0, breakInside: 'avoid' }),
  heading: css({ ...theme.typography.h3, margin: theme.spacing(0, 0, 1) }),
  figures: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(11em, 100%), 1fr))',
    margin: 0,
    '& dt': {
      color: theme.colors.text.secondary,
      fontWeight: 'normal',
      fontSize: theme.typography.bodySmall.fontSize,
    },
    '& dd': { ...theme.typography.h2, margin: 0, fontVariantNumeric: 'tabular-nums' },
  }),
  note: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    margin: theme.spacing(1, 0, 0),
    maxWidth: '60em',
  }),
  scroll: css({ overflowX: 'auto' }),
  table: css({
    width: '100%',
    borderCollapse: 'collapse',
    fontVariantNumeric: 'tabular-nums',
    '& caption': { ...theme.typography.h4, captionSide: 'top', textAlign: 'left', padding: 0 },
    '& th, & td': {
      textAlign: 'left',
      padding: theme.spacing(0.5, 2, 0.5, 0),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      verticalAlign: 'baseline',
      fontWeight: 'normal',
      overflowWrap: 'anywhere',
    },
    '& thead th': {
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      overflowWrap: 'normal',
    },
    '& tr': { breakInside: 'avoid' },
  }),
  number: css({ '&&': { textAlign: 'right', whiteSpace: 'nowrap' } }),
});
