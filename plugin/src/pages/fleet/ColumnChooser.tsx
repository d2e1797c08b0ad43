import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Checkbox, Toggletip, useStyles2 } from '@grafana/ui';
import { columnTitle, type Column } from './columns';

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    border: 0,
    margin: 0,
    padding: 0,
    minWidth: theme.spacing(20),
  }),
});

interface Props {
  /** Those that may be left out. */
  readonly columns: readonly Column[];
  readonly chosen: readonly Column[];
  readonly onChange: (chosen: readonly Column[]) => void;
}

/** Which columns the table has: a button that says how many of them, and a box for each. */
export function ColumnChooser({ columns, chosen, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const title = t('fleet.table.columns', 'Columns');
  const boxes = (
    <fieldset className={styles.list} aria-label={title}>
      {columns.map((column) => (
        <Checkbox
          key={column}
          label={columnTitle(column)}
          value={chosen.includes(column)}
          onChange={({ currentTarget }) =>
            onChange(columns.filter((one) => (one === column ? currentTarget.checked : chosen.includes(one))))
          }
        />
      ))}
    </fieldset>
  );
  const hidden = columns.length - chosen.length;
  return (
    <Toggletip content={boxes} title={title} placement="bottom-end" fitContent>
      <Button variant="secondary" icon="columns">
        {hidden === 0
          ? title
          : t('fleet.table.columnsHidden', 'Columns ({{count}} hidden)', { count: hidden })}
      </Button>
    </Toggletip>
  );
}
