import { grafanaLanguage } from '../../../kit/words/numbers';
import type { DeviceStatusOptions } from '../options/options';
import { countCategories } from '../../../kit/frames/count-categories';
import type { Device, DeviceGroup, DeviceSet } from './device';
import { urgencyOf } from '../../../kit/frames/status';

type Order = Pick<DeviceStatusOptions, 'sortBy' | 'descending'>;

function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Numbers that are not known come last, whichever way the order goes. */
function compareNumbers(a: number, b: number, direction: number): number {
  const isUnknownA = Number.isNaN(a);
  if (isUnknownA || Number.isNaN(b)) return Number(isUnknownA) - Number(Number.isNaN(b));
  return (a - b) * direction;
}

function byName(a: Device, b: Device): number {
  return compare(a.sortName, b.sortName) || compare(a.key, b.key);
}

/** Where a colour scheme alone tells the values, the highest comes first. */
function byScheme(a: Device, b: Device, direction: number): number {
  if (a.category.isScheme !== true || b.category.isScheme !== true) return 0;
  return compareNumbers(a.value, b.value, -direction);
}

function comparator({ sortBy, descending }: Order): (a: Device, b: Device) => number {
  const direction = descending ? -1 : 1;
  switch (sortBy) {
    case 'name':
      return (a, b) => byName(a, b) * direction;
    case 'value':
      return (a, b) => compareNumbers(a.value, b.value, direction) || byName(a, b);
    case 'lastSeen':
      return (a, b) => compareNumbers(a.seen ?? Number.NaN, b.seen ?? Number.NaN, direction) || byName(a, b);
    case 'severity':
      return (a, b) =>
        (urgencyOf(a.category.status) - urgencyOf(b.category.status)) * direction ||
        Number(b.stale) - Number(a.stale) ||
        byScheme(a, b, direction) ||
        byName(a, b);
  }
}

/** Groups by name, the one without a name last; inside each the option's order, names deciding between equals. */
export function arrange(devices: readonly Device[], order: Order): Omit<DeviceSet, 'unread'> {
  const compareDevices = comparator(order);
  const byGroup = new Map<string, Device[]>();
  for (const device of devices) {
    const members = byGroup.get(device.group);
    if (members === undefined) byGroup.set(device.group, [device]);
    else members.push(device);
  }
  const byLanguage = new Intl.Collator(grafanaLanguage(), { numeric: true });
  const names = [...byGroup.keys()].sort(
    (a, b) => Number(a === '') - Number(b === '') || byLanguage.compare(a, b),
  );
  const sorted: Device[] = [];
  const groups: DeviceGroup[] = [];
  let staleCount = 0;
  for (const name of names) {
    const members = (byGroup.get(name) ?? []).sort(compareDevices);
    groups.push({ name, first: sorted.length, count: members.length, counts: countCategories(members) });
    for (const member of members) {
      if (member.stale) staleCount += 1;
      sorted.push(member);
    }
  }
  return { devices: sorted, groups, counts: countCategories(sorted), staleCount };
}
