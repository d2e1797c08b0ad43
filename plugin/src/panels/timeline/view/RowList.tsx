import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { type FocusEventHandler, type KeyboardEventHandler, memo, type Ref } from 'react';
import { getSpokenStyles, SpokenList } from '../../../kit/canvas/SpokenList';
import type { TimelineRow, TimelineSet } from '../data/row';
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

const keyOf = ({ key }: TimelineRow): string => key;

function Entries({ set, spoken, ...list }: Props) {
  const styles = useStyles2(getSpokenStyles);
  return (
    <>
      <SpokenList
        {...list}
        entries={set.rows}
        keyOf={keyOf}
        wordsOf={rowWords}
        around={AROUND}
        label={t('timeline.list.label', 'Devices over time')}
        summary={
          <>
            {set.legend.map(({ category, count }) => `${count} ${category.label}`).join(', ')}{' '}
            {t(
              'timeline.list.help',
              'Up and down go from row to row, left and right from state to state, Enter opens, Z zooms to the state.',
            )}
          </>
        }
      />
      <p className={styles.hidden} aria-live="polite">
        {spoken}
      </p>
    </>
  );
}

/** The rows as screen readers and the keyboard meet them; the canvas beside it is only their picture. */
export const RowList = memo(Entries);
