import { useEffect, useState } from 'react';

/** Milliseconds since the epoch: at the last change of `trigger`, and every `interval` milliseconds when one is given. */
export function useNow(trigger: unknown, interval: number | undefined): number {
  const [state, setState] = useState(() => ({ trigger, now: Date.now() }));
  if (state.trigger !== trigger) setState({ trigger, now: Date.now() });
  useEffect(() => {
    if (interval === undefined) return undefined;
    const timer = setInterval(() => setState((last) => ({ ...last, now: Date.now() })), interval);
    return () => clearInterval(timer);
  }, [interval]);
  return state.now;
}
