import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

export const getDetailsStyles = (theme: GrafanaTheme2) => ({
  columns: css({
    display: 'grid',
    gap: theme.spacing(2, 4),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(26em, 100%), 1fr))',
    overflowWrap: 'anywhere',
  }),
  title: css({ ...theme.typography.h6, margin: theme.spacing(0, 0, 0.5) }),
  facts: css({
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: theme.spacing(0.25, 2),
    margin: 0,
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0 },
  }),
  life: css({ listStyle: 'none', margin: 0, display: 'grid', gap: theme.spacing(0.5) }),
  event: css({ display: 'grid', gridTemplateColumns: '11em minmax(0, 1fr)', gap: theme.spacing(1.5) }),
  quiet: css({ color: theme.colors.text.secondary, margin: 0 }),
  links: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' }),
});
