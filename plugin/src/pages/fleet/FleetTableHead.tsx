import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { columnTitle, type Column, type Sort, type SortColumn } from './columns';
import { getTableStyles, gridColumns } from './tableStyles';

interface Props {
  readonly columns: readonly Column[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** Characters of the longest id. */
  readonly idLength: number;
}

/** The headings; each but that of the values sorts, a second press the other way. */
export function FleetTableHead({ columns, sort, onSort, idLength }: Props) {
  const styles = useStyles2(getTableStyles);
  return (
    <div role="rowgroup" className={styles.head}>
      <div
        role="row"
        aria-rowindex={1}
        className={styles.row}
        style={{ gridTemplateColumns: gridColumns(columns, idLength) }}
      >
        {columns.map((column) =>
          column === 'values' ? (
            <div key={column} role="columnheader">
              {columnTitle(column)}
            </div>
          ) : (
            <SortHead key={column} column={column} sort={sort} onSort={onSort} />
          ),
        )}
      </div>
    </div>
  );
}

function SortHead({
  column,
  sort,
  onSort,
}: { readonly column: SortColumn } & Omit<Props, 'columns' | 'idLength'>) {
  const styles = useStyles2(getTableStyles);
  const active = sort.column === column;
  const direction = sort.descending ? 'descending' : 'ascending';
  return (
    <div role="columnheader" aria-sort={active ? direction : 'none'}>
      <button
        type="button"
        className={styles.sort}
        title={t('fleet.table.sortBy', 'Sort by {{title}}', { title: columnTitle(column) })}
        onClick={() => onSort({ column, descending: active && !sort.descending })}
      >
        {columnTitle(column)}
        {active && <span aria-hidden="true">{sort.descending ? ' ↓' : ' ↑'}</span>}
      </button>
    </div>
  );
}
