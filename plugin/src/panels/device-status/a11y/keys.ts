import type { Layout } from '../layout/layout';
import { neighbour } from '../layout/tiles';

const DIRECTIONS = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const;

function isArrow(key: string): key is keyof typeof DIRECTIONS {
  return key in DIRECTIONS;
}

/** The device that a key leads to from the active one; undefined for keys that do not move. */
export function moveByKey(key: string, layout: Layout, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (!isArrow(key)) return undefined;
  return active < 0 ? 0 : neighbour(layout, active, DIRECTIONS[key]);
}
