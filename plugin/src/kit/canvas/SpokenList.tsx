import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import { type FocusEventHandler, type KeyboardEventHandler, type ReactNode, type Ref, useId } from 'react';

interface Props<T> {
  readonly entries: readonly T[];
  readonly keyOf: (entry: T) => string;
  readonly wordsOf: (entry: T) => string;
  /** Entry that the keyboard is at; -1 before it has been anywhere. */
  readonly active: number;
  /** Entries on each side of the active one: enough to read around, however many there are. */
  readonly around: number;
  readonly label: string;
  /** What is said of the whole. */
  readonly summary: ReactNode;
  readonly listRef: Ref<HTMLUListElement>;
  readonly onKeyDown: KeyboardEventHandler;
  readonly onFocus: FocusEventHandler;
  readonly onBlur: FocusEventHandler;
}

/** What a canvas shows as screen readers and the keyboard meet it; the canvas beside it is only its picture. */
export function SpokenList<T>(props: Props<T>) {
  const { entries, keyOf, wordsOf, active, around, label, summary, listRef } = props;
  const styles = useStyles2(getSpokenStyles);
  const id = useId();
  const summaryId = `${id}summary`;
  const from = Math.max(0, active - around);
  const shown = entries.slice(from, Math.max(0, active) + around + 1);
  return (
    <>
      <p id={summaryId} className={styles.hidden}>
        {summary}
      </p>
      <ul
        ref={listRef}
        role="listbox"
        tabIndex={0}
        className={styles.hidden}
        aria-label={label}
        aria-describedby={summaryId}
        aria-activedescendant={active >= 0 ? `${id}${active}` : undefined}
        onKeyDown={props.onKeyDown}
        onFocus={props.onFocus}
        onBlur={props.onBlur}
      >
        {shown.map((entry, offset) => (
          <li
            key={keyOf(entry)}
            id={`${id}${from + offset}`}
            role="option"
            aria-selected={from + offset === active}
            aria-posinset={from + offset + 1}
            aria-setsize={entries.length}
          >
            {wordsOf(entry)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** There for those who do not see, and takes no room for those who do. */
export const getSpokenStyles = () => ({
  hidden: css({
    position: 'absolute',
    width: 1,
    height: 1,
    margin: 0,
    padding: 0,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
    listStyle: 'none',
  }),
});
