import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import { useId, useState, type ReactNode } from 'react';

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' }),
  toggle: css({ display: 'none', [theme.breakpoints.down('md')]: { display: 'inline-flex' } }),
  more: css({ display: 'contents' }),
  folded: css({ [theme.breakpoints.down('md')]: { display: 'none' } }),
});

interface Props {
  /** What is always there: the search. */
  readonly first: ReactNode;
  readonly children: ReactNode;
}

/** Filters in a row; on a phone those behind the first are folded away until they are wanted. */
export function FoldedFilters({ first, children }: Props) {
  const styles = useStyles2(getStyles);
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className={styles.row}>
      {first}
      <Button
        className={styles.toggle}
        variant="secondary"
        icon="filter"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {t('fields.filters', 'Filters')}
      </Button>
      <div id={id} className={cx(styles.more, !open && styles.folded)}>
        {children}
      </div>
    </div>
  );
}
