import { useEffect, useState } from 'react';

/**
 * The present, milliseconds since the epoch: at the last change of `trigger`, and renewed every `interval` milliseconds
 * where one is given.
 */
export function useNow(interval: number | undefined, trigger?: unknown): number {
  const [state, setState] = useState(() => ({ trigger, now: Date.now() }));
  if (state.trigger !== trigger) setState({ trigger, now: Date.now() });
  useEffect(() => {
    if (interval === undefined) return undefined;
    const timer = setInterval(() => setState((last) => ({ ...last, now: Date.now() })), interval);
    return () => clearInterval(timer);
  }, [interval]);
  return state.now;
}
