import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** How the tooltip of a device looks: its name (three lines at the most), its id, its state, and pairs of words. */
export const getTooltipStyles = (theme: GrafanaTheme2) => ({
  name: css({
    fontSize: theme.typography.body.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    overflowWrap: 'anywhere',
    display: '-webkit-box',
    WebkitLineClamp: 3,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  }),
  id: css({
    color: theme.colors.text.secondary,
    overflowWrap: 'anywhere',
    maxHeight: '4.5em',
    overflow: 'hidden',
    fontFamily: theme.typography.fontFamilyMonospace,
  }),
  state: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    margin: theme.spacing(0.5, 0),
    overflowWrap: 'anywhere',
  }),
  details: css({
    margin: 0,
    '& div': { display: 'flex', justifyContent: 'space-between', gap: theme.spacing(2) },
    '& dt': {
      flex: 'none',
      color: theme.colors.text.secondary,
      fontWeight: theme.typography.fontWeightRegular,
    },
    '& dd': { margin: 0, textAlign: 'right', overflowWrap: 'anywhere' },
  }),
});
