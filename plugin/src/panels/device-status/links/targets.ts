import type { DeviceSet } from '../data/device';
import type { Targets } from '../grid/TileLink';
import type { Interpolate } from '../data/read-frames';
import { actionsOf } from './actions';
import { dataLinksOf, devicePageOf, type DeviceLink } from './device-links';

interface TargetsInput {
  readonly set: DeviceSet;
  /** Whether a device without data links leads to its page in this app. */
  readonly linkToDevice: boolean;
  readonly range: { readonly from: string; readonly to: string };
  readonly interpolate: Interpolate;
  /** Goes to an address inside Grafana. */
  readonly push: (href: string) => void;
}

const NOWHERE: Targets = { follow: () => undefined };

function toLink(link: DeviceLink, push: (href: string) => void): Targets {
  const { href, target, onClick } = link;
  const follow = () => {
    if (target === '_blank' || /^https?:/i.test(href)) window.open(href, target, 'noreferrer');
    else push(href);
  };
  return { href, target, follow, ...(onClick === undefined ? {} : { onClick }) };
}

/** Finds where a device leads: its data links first, else its page; several links or any action are offered as a choice. */
export function createTargets(input: TargetsInput): (index: number) => Targets {
  const { set, linkToDevice, range, interpolate, push } = input;
  const known = new Map<number, Targets>();
  const find = (index: number): Targets => {
    const device = set.devices[index];
    if (device === undefined) return NOWHERE;
    const links = dataLinksOf(device);
    const actions = actionsOf(device, interpolate);
    const page = linkToDevice && links.length === 0 ? devicePageOf(device, range) : null;
    const own = page === null ? [] : [{ title: device.name, href: page, target: '_self' as const }];
    const all = [...links, ...own];
    const [only] = all;
    if (all.length + actions.length > 1 || (only === undefined && actions.length > 0)) {
      return { follow: () => undefined, choice: { links: all, actions } };
    }
    return only === undefined ? NOWHERE : toLink(only, push);
  };
  return (index) => {
    let targets = known.get(index);
    if (targets === undefined) {
      targets = find(index);
      known.set(index, targets);
    }
    return targets;
  };
}
