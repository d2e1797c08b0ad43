import { css } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { type FocusEventHandler, type KeyboardEventHandler, memo, type Ref, useId } from 'react';
import type { TimelineSet } from '../data/row';
import { rowWords } from './words';

interface Props {
  readonly set: TimelineSet;
  /** Row that the keyboard is at; -1 before it has been anywhere. */
  readonly active: number;
  /** The state of it that the keyboard is at, in words. */
  readonly spoken: string;
  readonly listRef: Ref<HTMLUListElement>;
  readonly onKeyDown: KeyboardEventHandler;
  readonly onFocus: FocusEventHandler;
  readonly onBlur: FocusEventHandler;
}

/** Entries on each side of the active one: enough to read around, whatever the number of rows. */
const AROUND = 10;

function Entries({ set, active, spoken, listRef, onKeyDown, onFocus, onBlur }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const helpId = `${id}help`;
  const from = Math.max(0, active - AROUND);
  const shown = set.rows.slice(from, Math.max(0, active) + AROUND + 1);
  return (
    <>
      <p id={helpId} className={styles.hidden}>
        {set.legend.map(({ category, count }) => `${count} ${category.label}`).join(', ')}{' '}
        {t(
          'timeline.list.help',
          'Up and down go from row to row, left and right from state to state, Enter opens, Z zooms to the state.',
        )}
      </p>
      <ul
        ref={listRef}
        role="listbox"
        tabIndex={0}
        className={styles.hidden}
        aria-label={t('timeline.list.label', 'Devices over time')}
        aria-describedby={helpId}
        aria-activedescendant={active >= 0 ? `${id}${active}` : undefined}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={onBlur}
      >
        {shown.map((row, offset) => (
          <li
            key={row.key}
            id={`${id}${from + offset}`}
            role="option"
            aria-selected={from + offset === active}
            aria-posinset={from + offset + 1}
            aria-setsize={set.rows.length}
          >
            {rowWords(row)}
          </li>
        ))}
      </ul>
      <p className={styles.hidden} aria-live="polite">
        {spoken}
      </p>
    </>
  );
}

/** The rows as screen readers and the keyboard meet them; the canvas beside it is only their picture. */
export const RowList = memo(Entries);

const getStyles = () => ({
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
