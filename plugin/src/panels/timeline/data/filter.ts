import type { Category } from '../../../kit/frames/category';
import type { Filter } from '../../../kit/legend/filter';
import { arrange, type Order } from './arrange';
import type { TimelineRow, TimelineSet } from './row';

function hasState(row: TimelineRow, set: TimelineSet, { categories }: Filter): boolean {
  const { from, to } = set.range;
  for (const [kind, time] of row.summary.times) {
    const key = set.categories[kind]?.key;
    if (time > 0 && key !== undefined && categories.has(key)) return true;
  }
  const isGap = ({ status }: Category) => status === 'nodata';
  return row.summary.known < to - from && [...categories.values()].some(isGap);
}

/** The rows whose name, id or group has all words and that had one of the states in the range, in the order asked for. */
export function filterRows(set: TimelineSet, filter: Filter, order: Order): TimelineSet {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = set.rows.filter((row) => {
    if (filter.categories.size > 0 && !hasState(row, set, filter)) return false;
    if (words.length === 0) return true;
    const text = `${row.name}\u0000${row.id ?? ''}\u0000${row.group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return { ...set, ...arrange(kept, order) };
}
