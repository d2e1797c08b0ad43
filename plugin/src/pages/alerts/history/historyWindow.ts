import { rowWindow } from '../../../kit/list/window';
import { DETAILS_HEIGHT, LIST_HEIGHT, ROW_HEIGHT } from './historyLayout';

/** The part of the list that is drawn, with the room that the rest takes. Pixels. */
export interface ListWindow {
  readonly first: number;
  readonly end: number;
  readonly above: number;
  readonly below: number;
}

/** What is in sight of `count` rows of which `open` (-1: none) shows its details. */
export function listWindow(scrollTop: number, count: number, open: number): ListWindow {
  const extra = (index: number): number => (open >= 0 && index > open ? DETAILS_HEIGHT : 0);
  const detailsTop = (open + 1) * ROW_HEIGHT;
  // The place in the list as if nothing were open.
  const plain =
    open >= 0 && scrollTop > detailsTop ? Math.max(detailsTop, scrollTop - DETAILS_HEIGHT) : scrollTop;
  const { first, end } = rowWindow(plain, LIST_HEIGHT, ROW_HEIGHT, count);
  return {
    first,
    end,
    above: first * ROW_HEIGHT + extra(first),
    below: (count - end) * ROW_HEIGHT + extra(count) - extra(end),
  };
}

/** The least scrolling that shows row `open` with its details; the heading lies over the top. Pixels. */
export function scrollToShow(scrollTop: number, open: number): number {
  const top = open * ROW_HEIGHT;
  const bottom = top + ROW_HEIGHT + DETAILS_HEIGHT;
  const room = LIST_HEIGHT - ROW_HEIGHT;
  if (top < scrollTop) return top;
  return bottom > scrollTop + room ? bottom - room : scrollTop;
}
