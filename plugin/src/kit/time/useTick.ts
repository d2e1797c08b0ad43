import { useCallback, useEffect, useState } from 'react';

/**
 * A number that rises every `interval` milliseconds and on `now()`; undefined: only on `now()`. A hidden tab
 * does not tick; when it is looked at again it does at once, so that nobody reads an old picture.
 */
export function useTick(interval: number | undefined): { readonly tick: number; readonly now: () => void } {
  const [tick, setTick] = useState(0);
  const now = useCallback(() => setTick((before) => before + 1), []);
  useEffect(() => {
    if (interval === undefined) return undefined;
    let missed = false;
    const timer = setInterval(() => {
      missed = document.hidden;
      if (!missed) now();
    }, interval);
    const shown = (): void => {
      if (!document.hidden && missed) now();
      missed = missed && document.hidden;
    };
    document.addEventListener('visibilitychange', shown);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', shown);
    };
  }, [interval, now]);
  return { tick, now };
}
