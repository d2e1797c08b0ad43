import { useEffect } from 'react';

const BADGE = /^\(\d+\) /;

/** The title of the window with a number in front, without one for 0. */
export function withBadge(title: string, count: number): string {
  const plain = title.replace(BADGE, '');
  return count === 0 ? plain : `(${count}) ${plain}`;
}

/** Keeps a number in front of the window's title, whatever Grafana writes there; undefined: leaves it alone. */
export function useTitleBadge(count: number | undefined): void {
  useEffect(() => {
    if (count === undefined) return undefined;
    const apply = (): void => {
      const title = withBadge(document.title, count);
      if (title !== document.title) document.title = title;
    };
    const observer = new MutationObserver(apply);
    observer.observe(document.head, { subtree: true, childList: true, characterData: true });
    apply();
    return () => {
      observer.disconnect();
      document.title = withBadge(document.title, 0);
    };
  }, [count]);
}
