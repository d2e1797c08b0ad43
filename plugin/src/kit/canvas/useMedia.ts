import { useCallback, useSyncExternalStore } from 'react';

/** Whether the media query matches, kept up to date. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** Device pixels per CSS pixel; other than the size it changes without a layout, when a window moves to another screen. */
export function usePixelRatio(): number {
  const ratio = window.devicePixelRatio;
  // Asked anew for each ratio: only leaving the present one is told.
  useMedia(`(resolution: ${ratio}dppx)`);
  return ratio;
}
