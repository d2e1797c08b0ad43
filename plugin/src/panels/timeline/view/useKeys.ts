import { type KeyboardEvent, useState } from 'react';
import type { Span, TimelineSet } from '../data/row';
import { neighbourOf, type Spot, stretchAt } from './spot';

/** Rows that a page is. */
const PAGE = 10;

interface Input {
  readonly set: TimelineSet;
  readonly onOpen: (spot: Spot) => void;
  readonly onZoom: (span: Span) => void;
  readonly onLeave: () => void;
  /** Brings a row into sight. */
  readonly onReveal: (index: number) => void;
}

function rowByKey(key: string, active: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'PageDown':
      return Math.min(count - 1, active + PAGE);
    case 'PageUp':
      return Math.max(0, active - PAGE);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** Where the keyboard is, and where each key leads: rows up and down, states left and right. */
export function useKeys({ set, onOpen, onZoom, onLeave, onReveal }: Input) {
  const [spot, setSpot] = useState<Spot>();
  const active = spot === undefined ? -1 : set.rows.findIndex(({ key }) => key === spot.key);
  const goTo = (index: number, time: number): void => {
    const row = set.rows[index];
    if (row === undefined) return;
    setSpot({ key: row.key, time });
    onReveal(index);
  };
  const last = set.range.to - 1;
  const enter = (): void => {
    if (active < 0) goTo(0, last);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event;
    const time = Math.min(last, Math.max(set.range.from, spot?.time ?? last));
    const row = set.rows[active];
    const next = rowByKey(key, active, set.rows.length);
    if (key === 'Escape') {
      onLeave();
    } else if (next !== undefined) {
      event.preventDefault();
      goTo(next, time);
    } else if (row === undefined) {
      return;
    } else if (key === 'ArrowLeft' || key === 'ArrowRight') {
      event.preventDefault();
      const stretch = neighbourOf(set, stretchAt(set, row, time), key === 'ArrowRight' ? 1 : -1);
      setSpot({ key: row.key, time: (stretch.from + stretch.to) / 2 });
    } else if (key === 'Enter' || key === ' ') {
      event.preventDefault();
      onOpen({ key: row.key, time });
    } else if (key === 'z' || key === 'Z') {
      const { from, to } = stretchAt(set, row, time);
      onZoom({ from, to });
    }
  };
  return { spot: active < 0 ? undefined : spot, active, enter, onKeyDown };
}
