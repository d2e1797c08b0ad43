import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, useStyles2 } from '@grafana/ui';
import type { Order } from '../data/arrange';
import { type ColumnName, HEAD_HEIGHT, type Layout } from '../draw/layout';
import { columnHelp, columnWords } from './words';

interface Props {
  readonly layout: Layout;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
}

type SortBy = Order['sortBy'];

/** Columns by which rows can be sorted. */
const SORT_OF: Partial<Record<ColumnName, SortBy>> = { online: 'trouble', changes: 'changes' };

function sortHelp(sortBy: SortBy): string {
  switch (sortBy) {
    case 'name':
      return t('timeline.sort.name', 'Sort by name');
    case 'status':
      return t('timeline.sort.status', 'Sort by present state');
    case 'trouble':
      return t('timeline.sort.trouble', 'Sort by time in trouble');
    case 'changes':
      return t('timeline.sort.changes', 'Sort by number of changes');
  }
}

/** A click sorts, another one turns the order round. */
function next(order: Order, sortBy: SortBy): Order {
  return { sortBy, descending: order.sortBy === sortBy && !order.descending };
}

/** Heads of the columns above the rows: they say what a column means and sort by it. */
export function SortHead({ layout, order, onOrder }: Props) {
  const styles = useStyles2(getStyles);
  const button = (sortBy: SortBy, text: string, help: string) => (
    <button
      key={sortBy}
      type="button"
      className={styles.button}
      title={help}
      aria-label={sortHelp(sortBy)}
      aria-pressed={order.sortBy === sortBy}
      onClick={() => onOrder(next(order, sortBy))}
    >
      {text}
      {order.sortBy === sortBy && <Icon name={order.descending ? 'arrow-up' : 'arrow-down'} size="sm" />}
    </button>
  );
  return (
    <div className={styles.head} role="group" aria-label={t('timeline.sort.label', 'Order of the rows')}>
      <div className={styles.cell} style={{ left: 0, width: layout.nameWidth }}>
        {button('status', '●', sortHelp('status'))}
        {button('name', t('timeline.column.device', 'device'), sortHelp('name'))}
      </div>
      {layout.columns.map(({ name, x, width }) => {
        const sortBy = SORT_OF[name];
        const help = columnHelp(name);
        return (
          <div key={name} className={styles.cell} data-right style={{ left: x, width }}>
            {sortBy === undefined ? (
              <span title={help}>{columnWords(name)}</span>
            ) : (
              button(sortBy, columnWords(name), help)
            )}
          </div>
        );
      })}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  head: css({ position: 'absolute', top: 0, left: 0, height: HEAD_HEIGHT, pointerEvents: 'none' }),
  cell: css({
    position: 'absolute',
    top: 0,
    display: 'flex',
    alignItems: 'center',
    height: HEAD_HEIGHT - 6,
    paddingLeft: theme.spacing(0.25),
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    color: theme.colors.text.secondary,
    fontSize: 11,
    '&[data-right]': { justifyContent: 'flex-end', paddingRight: 4 },
    '& span': { paddingRight: 4, pointerEvents: 'auto' },
  }),
  button: css({
    display: 'inline-flex',
    alignItems: 'center',
    padding: theme.spacing(0, 0.5),
    border: 0,
    background: 'transparent',
    color: theme.colors.text.secondary,
    fontSize: 11,
    lineHeight: 1.4,
    pointerEvents: 'auto',
    borderRadius: theme.shape.radius.default,
    '&[aria-pressed="true"], &:hover': { color: theme.colors.text.primary },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
});
