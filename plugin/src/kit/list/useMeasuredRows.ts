import { useCallback, useLayoutEffect, useMemo, useRef, useState, type UIEvent } from 'react';
import { useSize } from './useSize';

/** Pixels around what is in sight that are drawn, too. */
const AROUND = 400;
/** Height of a box that is not measured yet, pixels. */
const VIEWPORT_GUESS = 600;

/** Rows of a list that are drawn, from `first` to before `end`, with the room of the rest. Pixels. */
export interface RowsInSight {
  readonly first: number;
  readonly end: number;
  readonly above: number;
  readonly below: number;
}

/** The rows around what is in sight, by the heights of all rows. All lengths in pixels. */
export function rowsInSight(heights: readonly number[], scrollTop: number, viewport: number): RowsInSight {
  const from = scrollTop - AROUND;
  const to = scrollTop + viewport + AROUND;
  let first = 0;
  let above = 0;
  while (first < heights.length && above + (heights[first] ?? 0) <= from) above += heights[first++] ?? 0;
  let end = first;
  let bottom = above;
  while (end < heights.length && bottom < to) bottom += heights[end++] ?? 0;
  const below = heights.slice(end).reduce((sum, height) => sum + height, 0);
  return { first, end, above, below };
}

export interface MeasuredRows extends RowsInSight {
  /** Goes onto the box that scrolls. */
  readonly boxRef: (element: HTMLElement | null) => void;
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
  /** Scrolls so that the row of this index is in sight. */
  readonly show: (index: number) => void;
  /** Scrolls to the end. */
  readonly showEnd: () => void;
}

/**
 * A scrolling list whose rows have heights of their own: those that were drawn once are known, the others are reckoned
 * with the guess for the box's width. `keys`: one a row, each once, and `data-row` of the row's element; what holds
 * the rows has `data-rows`. Another guess forgets what was measured. All lengths in pixels.
 */
export function useMeasuredRows(
  keys: readonly string[],
  guessAt: (width: number | undefined) => number,
): MeasuredRows {
  const { ref: measureBox, size } = useSize();
  const guess = guessAt(size?.width);
  const box = useRef<HTMLElement | null>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [measured, setMeasured] = useState<{
    readonly guess: number;
    readonly heights: ReadonlyMap<string, number>;
  }>({ guess, heights: new Map() });
  const observer = useMemo(
    () =>
      new ResizeObserver((entries) => {
        setMeasured((before) => {
          const heights = new Map(before.guess === guess ? before.heights : []);
          let changed = before.guess !== guess;
          for (const { target } of entries) {
            const key = target instanceof HTMLElement ? target.dataset.row : undefined;
            const { height } = target.getBoundingClientRect();
            if (key === undefined || height === 0 || heights.get(key) === height) continue;
            heights.set(key, height);
            changed = true;
          }
          return changed ? { guess, heights } : before;
        });
      }),
    [guess],
  );
  const heights = useMemo(() => {
    const known = measured.guess === guess ? measured.heights : undefined;
    return keys.map((key) => known?.get(key) ?? guess);
  }, [keys, measured, guess]);
  const boxRef = useCallback(
    (element: HTMLElement | null) => {
      box.current = element;
      measureBox(element);
    },
    [measureBox],
  );
  const observed = useRef(new Set<Element>());
  // Rows come and go with every scrolling. React 18 tells a ref of no element that goes.
  useLayoutEffect(() => {
    const before = observed.current;
    const rows = new Set<Element>(box.current?.querySelectorAll('[data-row]') ?? []);
    for (const row of before) if (!rows.has(row)) observer.unobserve(row);
    for (const row of rows) if (!before.has(row)) observer.observe(row);
    observed.current = rows;
  });
  useLayoutEffect(
    () => () => {
      observed.current = new Set();
      observer.disconnect();
    },
    [observer],
  );
  const show = useCallback(
    (index: number) => {
      const element = box.current;
      if (element === null) return;
      const begin = element.querySelector<HTMLElement>('[data-rows]')?.offsetTop ?? 0;
      const top = begin + heights.slice(0, index).reduce((sum, height) => sum + height, 0);
      const bottom = top + (heights[index] ?? guess);
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + element.clientHeight)
        element.scrollTop = bottom - element.clientHeight;
    },
    [heights, guess],
  );
  const showEnd = useCallback(() => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, []);
  return {
    ...rowsInSight(heights, scrollTop, size?.height ?? VIEWPORT_GUESS),
    boxRef,
    onScroll: ({ currentTarget }) => setScrollTop(currentTarget.scrollTop),
    show,
    showEnd,
  };
}
