import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import {
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  type KeyboardEvent,
  type ReactNode,
  type UIEvent,
} from 'react';
import type { LogEntry } from '../../../domain/logs/logEntry';
import { useMeasuredRows } from '../../../kit/list/useMeasuredRows';
import { LineRow } from './LineRow';
import { getLineStyles, LINE_COLUMNS, LINE_HEIGHT, STACKED_BELOW, STACKED_HEIGHT } from './lineStyles';

interface Props {
  /** What is listed, for those who hear it. */
  readonly name: string;
  /** In the order in which they are shown. */
  readonly lines: readonly LogEntry[];
  /** Id of the line whose details are shown. */
  readonly openId: string | null;
  readonly onOpen: (id: string | null) => void;
  readonly wrap: boolean;
  readonly details: (line: LogEntry) => ReactNode;
  /** CSS length; the list scrolls beyond it. */
  readonly maxHeight: string;
  /** True: who looks at the last line goes on doing so when others come after it. */
  readonly followEnd?: boolean;
  /** What stands above the first line, and below the last. */
  readonly before?: ReactNode;
  readonly after?: ReactNode;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface Item {
  readonly key: string;
  readonly line: LogEntry;
  readonly isDetails: boolean;
}

function itemsOf(lines: readonly LogEntry[], openId: string | null): Item[] {
  return lines.flatMap((line): Item[] => {
    const row = { key: line.id, line, isDetails: false };
    return line.id === openId ? [row, { key: `${line.id} details`, line, isDetails: true }] : [row];
  });
}

/** The button of a drawn line; ids are letters, digits, `-` and `_`. */
function lineButton(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-line="${id}"]`);
}

/** What the columns are, for those who hear the list: the rows say it by themselves to those who see it. */
function ListHead() {
  const heads = [
    t('logs.list.time', 'Time'),
    t('logs.list.level', 'Level'),
    t('logs.list.service', 'Service'),
    t('logs.list.message', 'Message'),
    t('logs.list.about', 'Device and trace'),
  ];
  return (
    <div role="row" aria-rowindex={1} className="sr-only">
      {heads.map((head) => (
        <span key={head} role="columnheader">
          {head}
        </span>
      ))}
    </div>
  );
}

/** Lines as a list of which only the part in sight is drawn; each has the height that its text needs. */
export function LineList(props: Props) {
  const { name, lines, openId, onOpen, wrap, details, now } = props;
  const styles = useStyles2(getLineStyles);
  const detailsId = useId();
  const items = useMemo(() => itemsOf(lines, openId), [lines, openId]);
  const keys = useMemo(() => items.map(({ key }) => key), [items]);
  const guessAt = useCallback(
    (width: number | undefined) => {
      const height = width !== undefined && width < STACKED_BELOW ? STACKED_HEIGHT : LINE_HEIGHT;
      // Another guess: what was measured of lines that did not wrap is forgotten when they do.
      return wrap ? height + 1 : height;
    },
    [wrap],
  );
  const rows = useMeasuredRows(keys, guessAt);
  const wanted = useRef<string>(undefined);
  const { show, showEnd } = rows;
  // A link to a line shows it, however far down it is.
  const openAtFirst = useRef(openId);
  useEffect(() => {
    const place = keys.indexOf(openAtFirst.current ?? '');
    if (place < 0) return;
    openAtFirst.current = null;
    show(place);
  }, [keys, show]);
  const { followEnd = false } = props;
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (followEnd && isAtEnd.current) showEnd();
  }, [followEnd, keys, show, showEnd]);
  const onScroll = (event: UIEvent<HTMLElement>): void => {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < LINE_HEIGHT;
    rows.onScroll(event);
  };
  // A row that was not drawn when the keyboard went to it gets it as soon as it is.
  useEffect(() => {
    if (wanted.current === undefined) return;
    const button = lineButton(wanted.current);
    if (button === null) return;
    wanted.current = undefined;
    button.focus();
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const from = event.target instanceof HTMLElement ? event.target.dataset.line : undefined;
    if (from === undefined || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    const place = lines.findIndex(({ id }) => id === from);
    const next = lines[place + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next === undefined) return;
    event.preventDefault();
    show(keys.indexOf(next.id));
    const button = lineButton(next.id);
    wanted.current = button === null ? next.id : undefined;
    button?.focus();
  };
  return (
    <div
      ref={rows.boxRef}
      className={styles.box}
      style={{ maxHeight: props.maxHeight }}
      // A scrolling box must be reachable with the keyboard.
      tabIndex={0}
      role="region"
      aria-label={name}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      {props.before}
      <div role="table" data-rows aria-label={name} aria-rowcount={items.length + 1}>
        <ListHead />
        {/* No padding: a browser that keeps what is read in its place gives up where a padding changes. */}
        <div aria-hidden="true" style={{ height: rows.above }} />
        {items.slice(rows.first, rows.end).map(({ key, line, isDetails }, place) =>
          isDetails ? (
            <div key={key} role="row" aria-rowindex={rows.first + place + 2} data-row={key}>
              <div role="cell" aria-colspan={LINE_COLUMNS} id={detailsId} className={styles.details}>
                {details(line)}
              </div>
            </div>
          ) : (
            <LineRow
              key={key}
              line={line}
              open={line.id === openId}
              wrap={wrap}
              onToggle={() => onOpen(line.id === openId ? null : line.id)}
              detailsId={detailsId}
              index={rows.first + place + 2}
              now={now}
            />
          ),
        )}
        <div aria-hidden="true" style={{ height: rows.below }} />
      </div>
      {props.after}
    </div>
  );
}
