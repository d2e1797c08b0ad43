/** Rows of a long list that are drawn: from `first` to before `end`. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** Rows move in steps, so that not every pixel of scrolling draws again. */
const STEP = 10;

/** The rows in sight of a list with rows of one height, and some around them. All lengths in pixels. */
export function rowWindow(scrollTop: number, viewport: number, rowHeight: number, count: number): RowWindow {
  const top = Math.floor(Math.max(0, scrollTop) / rowHeight / STEP) * STEP;
  const first = Math.max(0, Math.min(top - STEP, count - 1));
  return { first, end: Math.min(count, top + Math.ceil(viewport / rowHeight) + 2 * STEP) };
}
