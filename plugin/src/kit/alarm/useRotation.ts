import { useEffect, useState } from 'react';

/** No faster than somebody can read. */
const SHORTEST_MS = 5000;

/**
 * The index of the group to show: the next one every `interval` milliseconds. Stays where it is while `held`,
 * and is undefined without an interval or with nothing to rotate through.
 */
export function useRotation(interval: number | undefined, count: number, held: boolean): number | undefined {
  const [turn, setTurn] = useState(0);
  const active = interval !== undefined && count > 0;
  useEffect(() => {
    if (!active || held) return undefined;
    const timer = setInterval(() => setTurn((before) => before + 1), Math.max(interval, SHORTEST_MS));
    return () => clearInterval(timer);
  }, [active, held, interval]);
  return active ? turn % count : undefined;
}
