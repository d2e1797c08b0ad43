import { css } from '@emotion/css';
import { Children, useLayoutEffect, useRef, useState, type ReactNode } from 'react';

const styles = {
  box: css({ display: 'flex', flexDirection: 'column', minHeight: 0, flex: '0 1 auto' }),
  // What has no room goes into a second column, which is out of sight: nothing is cut in the middle.
  list: css({
    display: 'flex',
    flexFlow: 'column wrap',
    flex: '0 1 auto',
    minHeight: 0,
    overflow: 'hidden',
    listStyle: 'none',
    margin: 0,
    '& > li': { width: '100%' },
  }),
};

/** How many entries of the list are in sight: those of the first column. */
function entriesInSight(list: HTMLElement): number {
  const entries = [...list.children].filter((entry) => entry instanceof HTMLElement);
  return entries.filter(({ offsetLeft }) => offsetLeft === entries[0]?.offsetLeft).length;
}

interface Props {
  readonly label: string;
  /** What is said of the entries that have no room, and of `besides` others that are not among the children. */
  readonly more: (count: number) => string;
  readonly besides?: number;
  /** Entries, `li` each. */
  readonly children: readonly ReactNode[];
}

/** A list for screens that nobody scrolls: as many whole entries as there is room for, and how many there are besides. */
export function FittingList({ label, more, besides = 0, children }: Props) {
  const ref = useRef<HTMLUListElement>(null);
  const count = Children.count(children);
  const [shown, setShown] = useState(count);
  useLayoutEffect(() => {
    const list = ref.current;
    if (list === null) return undefined;
    const measure = (): void => setShown(entriesInSight(list));
    const observer = new ResizeObserver(measure);
    observer.observe(list);
    measure();
    return () => observer.disconnect();
  }, [children]);
  return (
    <div className={styles.box}>
      <ul ref={ref} className={styles.list} aria-label={label}>
        {children}
      </ul>
      {count + besides > shown && <span>{more(count + besides - shown)}</span>}
    </div>
  );
}
