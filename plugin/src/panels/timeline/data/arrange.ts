import { countCategories } from '../../../kit/frames/count-categories';
import { urgencyOf } from '../../../kit/frames/status';
import { grafanaLanguage } from '../../../kit/words/numbers';
import type { TimelineOptions } from '../options/options';
import type { TimelineGroup, TimelineRow } from './row';

/** What rows are sorted by. */
export type Order = Pick<TimelineOptions, 'sortBy' | 'descending'>;

function byName(a: TimelineRow, b: TimelineRow): number {
  if (a.sortName !== b.sortName) return a.sortName < b.sortName ? -1 : 1;
  return a.key < b.key ? -1 : Number(a.key > b.key);
}

function comparator({ sortBy, descending }: Order): (a: TimelineRow, b: TimelineRow) => number {
  const direction = descending ? -1 : 1;
  switch (sortBy) {
    case 'name':
      return (a, b) => byName(a, b) * direction;
    case 'status':
      return (a, b) =>
        (urgencyOf(a.category.status) - urgencyOf(b.category.status)) * direction || byName(a, b);
    case 'trouble':
      return (a, b) => (b.summary.trouble - a.summary.trouble) * direction || byName(a, b);
    case 'changes':
      return (a, b) => (b.summary.changes - a.summary.changes) * direction || byName(a, b);
  }
}

/** Share of the known time of all rows; undefined when none knows of a state that means online. */
export function onlineOf(rows: readonly TimelineRow[]): number | undefined {
  let online = 0;
  let known = 0;
  for (const { summary } of rows) {
    if (summary.online === undefined) continue;
    online += summary.online * summary.known;
    known += summary.known;
  }
  return known === 0 ? undefined : online / known;
}

/** Groups by name, the one without a name last; inside each the order asked for, the worst or most first. */
export function arrange(
  rows: readonly TimelineRow[],
  order: Order,
): { readonly rows: readonly TimelineRow[]; readonly groups: readonly TimelineGroup[] } {
  const byGroup = new Map<string, TimelineRow[]>();
  for (const row of rows) {
    const members = byGroup.get(row.group);
    if (members === undefined) byGroup.set(row.group, [row]);
    else members.push(row);
  }
  const byLanguage = new Intl.Collator(grafanaLanguage(), { numeric: true });
  const names = [...byGroup.keys()].sort(
    (a, b) => Number(a === '') - Number(b === '') || byLanguage.compare(a, b),
  );
  const compare = comparator(order);
  const sorted: TimelineRow[] = [];
  const groups: TimelineGroup[] = [];
  for (const name of names) {
    const members = (byGroup.get(name) ?? []).sort(compare);
    const counts = countCategories(members);
    groups.push({ name, first: sorted.length, count: members.length, counts, online: onlineOf(members) });
    for (const member of members) sorted.push(member);
  }
  return { rows: sorted, groups };
}
