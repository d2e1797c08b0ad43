import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

export const getSilenceStyles = (theme: GrafanaTheme2) => ({
  scroll: css({
    // What is hidden from the eye stays within the box: the page would grow by it.
    position: 'relative',
    overflowX: 'auto',
  }),
  table: css({
    width: '100%',
    minWidth: '56em',
    '& th, & td': { textAlign: 'left', verticalAlign: 'baseline', padding: theme.spacing(0.75, 2, 0.75, 0) },
    '& thead th': { fontWeight: theme.typography.fontWeightMedium },
    '& tbody tr': { borderTop: `1px solid ${theme.colors.border.weak}` },
  }),
  faded: css({ color: theme.colors.text.secondary }),
  words: css({ overflowWrap: 'anywhere', minWidth: '12em' }),
  by: css({ color: theme.colors.text.secondary }),
  actions: css({ display: 'flex', gap: theme.spacing(0.5), justifyContent: 'flex-end' }),
  refusal: css({ color: theme.colors.error.text, overflowWrap: 'anywhere' }),
  title: css({ ...theme.typography.h4, margin: 0 }),
});
