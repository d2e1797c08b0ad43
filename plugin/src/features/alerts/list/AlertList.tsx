import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import {
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { AlertRow } from '../../../domain/alerts/alert';
import type { AlertGroup } from '../../../domain/alerts/group';
import { ScrollTable } from '../../../kit/list/ScrollTable';
import { useSize } from '../../../kit/list/useSize';
import { AlertGroupRow } from './AlertGroupRow';
import { AlertListRow } from './AlertListRow';
import {
  ALERT_HEIGHT,
  groupKey,
  type Heights,
  itemTop,
  type ListItem,
  listItems,
  listPart,
  STACKED_BELOW,
  STACKED_HEIGHT,
} from './listLayout';
import { getListStyles, LIST_COLUMNS } from './listStyles';
import type { RowMark } from './rowMark';

/** What the details are taken to be until they are measured, pixels. */
const DETAILS_GUESS = 320;
const VIEWPORT_GUESS = 800;

/** Which rows are selected, and how that changes. */
export interface ListSelection {
  readonly selected: ReadonlySet<string>;
  /** `among`: the fingerprints that are shown, in order; with `range` all from the last one on. */
  readonly select: (fingerprint: string, checked: boolean, range: boolean, among: readonly string[]) => void;
  readonly selectMany: (fingerprints: readonly string[], checked: boolean) => void;
}

interface Props {
  /** What the list is called. */
  readonly name: string;
  readonly groups: readonly AlertGroup[];
  /** The label that alerts are grouped by; empty: no groups. */
  readonly label: string;
  /** Keys of closed groups (`groupKey`). */
  readonly closed: ReadonlySet<string>;
  readonly onToggleGroup: (key: string) => void;
  /** Fingerprint of the alert whose details are shown. */
  readonly openKey: string | null;
  readonly onOpen: (fingerprint: string | null) => void;
  /** Undefined: nothing can be selected. */
  readonly selection: ListSelection | undefined;
  readonly marks: ReadonlyMap<string, RowMark>;
  /** The same function as long as it draws the same: rows are drawn again for another one. */
  readonly actions: (alert: AlertRow) => ReactNode;
  readonly details: (alert: AlertRow) => ReactNode;
  /** A letter was typed on the row of an alert. */
  readonly onKey?: (key: string, alert: AlertRow) => void;
  /** CSS length; the list scrolls beyond it. */
  readonly maxHeight: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The fingerprint of the row that the keyboard is on. */
function focusedKey(target: EventTarget): string | undefined {
  return target instanceof HTMLElement ? target.dataset.alert : undefined;
}

function inForm(target: EventTarget): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

/** Moves the keyboard to the row of an alert as soon as that is drawn. */
function useRowFocus(items: readonly ListItem[], heights: Heights) {
  const box = useRef<HTMLDivElement | null>(null);
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const row = box.current?.querySelector<HTMLElement>(`[data-alert="${wanted.current}"]`);
    if (row === null || row === undefined) return;
    wanted.current = undefined;
    row.focus();
  });
  const move = useCallback(
    (from: string, step: 1 | -1): void => {
      const alerts = items.flatMap((item, index) => (item.kind === 'alert' ? [{ item, index }] : []));
      const place = alerts.findIndex(({ item }) => item.key === from);
      const next = alerts[place + step];
      const element = box.current;
      if (place < 0 || next === undefined || element === null) return;
      const top = itemTop(items, next.index, heights);
      const bottom = itemTop(items, next.index + 1, heights);
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + element.clientHeight)
        element.scrollTop = bottom - element.clientHeight;
      const row = element.querySelector<HTMLElement>(`[data-alert="${next.item.key}"]`);
      // A row that is not drawn yet gets the keyboard when it is; one that has it must not take it back later.
      wanted.current = row === null ? next.item.key : undefined;
      row?.focus();
    },
    [items, heights],
  );
  return { box, move };
}

/** What the columns are, for those who hear the list: the rows say it by themselves to those who see it. */
function ListHead() {
  const heads = [
    t('alerts.active.head.select', 'Selection'),
    t('alerts.active.head.severity', 'Severity'),
    t('alerts.active.head.name', 'Alert'),
    t('alerts.active.head.state', 'State, since when'),
    t('alerts.active.head.people', 'Who knows of it'),
    t('alerts.active.head.actions', 'Actions'),
  ];
  return (
    <div role="rowgroup" className="sr-only">
      <div role="row" aria-rowindex={1}>
        {heads.map((head) => (
          <span key={head} role="columnheader">
            {head}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Alerts as a list of which only the part in sight is drawn: it stays quick with 10,000. */
export function AlertList(props: Props) {
  const { name, groups, label, closed, openKey, selection, marks, now } = props;
  const styles = useStyles2(getListStyles);
  const detailsId = useId();
  const [scrollTop, setScrollTop] = useState(0);
  const { ref: measureBox, size } = useSize();
  const { ref: measureDetails, size: detailsSize } = useSize();
  const isStacked = size !== undefined && size.width < STACKED_BELOW;
  const details = detailsSize === undefined ? DETAILS_GUESS : detailsSize.height;
  const heights = useMemo(
    () => ({ alert: isStacked ? STACKED_HEIGHT : ALERT_HEIGHT, details }),
    [isStacked, details],
  );
  const items = useMemo(
    () => listItems(groups, label !== '', closed, openKey),
    [groups, label, closed, openKey],
  );
  const order = useMemo(() => items.flatMap((item) => (item.kind === 'alert' ? [item.key] : [])), [items]);
  const latestOrder = useRef(order);
  useEffect(() => {
    latestOrder.current = order;
  }, [order]);
  const select = selection?.select;
  const onSelect = useCallback(
    (key: string, checked: boolean, range: boolean) => select?.(key, checked, range, latestOrder.current),
    [select],
  );
  const { box, move } = useRowFocus(items, heights);
  const part = listPart(items, scrollTop, size?.height ?? VIEWPORT_GUESS, heights);
  const boxRef = useCallback(
    (element: HTMLDivElement | null) => {
      box.current = element;
      measureBox(element);
    },
    [box, measureBox],
  );
  // A link to an alert shows it, however far down it is.
  const openAtFirst = useRef(openKey);
  useEffect(() => {
    const place = items.findIndex(({ key }) => key === openAtFirst.current);
    openAtFirst.current = null;
    if (place > 0 && box.current !== null)
      box.current.scrollTop = itemTop(items, place, { alert: ALERT_HEIGHT, details: DETAILS_GUESS });
  }, [items, box]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = focusedKey(event.target);
    if (key === undefined || inForm(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(key, event.key === 'ArrowDown' ? 1 : -1);
      return;
    }
    const item = items.find((one) => one.key === key);
    if (item?.kind !== 'alert') return;
    if (event.key === 'x' && selection !== undefined) {
      selection.select(key, !selection.selected.has(key), false, order);
      event.preventDefault();
    } else if (/^[a-z]$/.test(event.key)) props.onKey?.(event.key, item.alert);
  };
  const draw = (item: ListItem, index: number): ReactNode => {
    if (item.kind === 'group') {
      const keys = item.group.alerts.map(({ fingerprint }) => fingerprint);
      return (
        <AlertGroupRow
          key={item.key}
          group={item.group}
          label={label}
          closed={item.closed}
          onToggle={() => props.onToggleGroup(groupKey(item.group))}
          selected={selection?.selected}
          onSelect={(checked) => selection?.selectMany(keys, checked)}
          index={index + 2}
        />
      );
    }
    if (item.kind === 'details') {
      return (
        <div key={item.key} ref={measureDetails} role="row" aria-rowindex={index + 2}>
          <div role="cell" aria-colspan={LIST_COLUMNS} id={detailsId} className={styles.details}>
            {props.details(item.alert)}
          </div>
        </div>
      );
    }
    return (
      <AlertListRow
        key={item.key}
        alert={item.alert}
        mark={marks.get(item.key)}
        open={item.key === openKey}
        selected={selection?.selected.has(item.key) === true}
        onSelect={selection === undefined ? undefined : onSelect}
        onOpen={props.onOpen}
        actions={props.actions}
        index={index + 2}
        now={now}
        detailsId={detailsId}
      />
    );
  };
  return (
    <ScrollTable
      label={name}
      count={items.length}
      head={<ListHead />}
      above={part.above}
      below={part.below}
      onScroll={setScrollTop}
      onKeyDown={onKeyDown}
      boxRef={boxRef}
      className={styles.box}
      style={{ maxHeight: props.maxHeight }}
      tableClassName={styles.table}
    >
      {part.items.map((item, place) => draw(item, part.first + place))}
    </ScrollTable>
  );
}
