import type { Interpolate } from '../frames/read-frames';
import { actionsOf, type DeviceAction } from './actions';
import { canOpenPages, dataLinksOf, devicePageOf, type DeviceLink, type Subject } from './device-links';

interface TargetsInput {
  /** The device at an index. */
  readonly subjectAt: (index: number) => Subject | undefined;
  /** Whether a device without data links leads to its page in this app. */
  readonly linkToDevice: boolean;
  readonly range: { readonly from: string; readonly to: string };
  readonly interpolate: Interpolate;
}

/** Where a device leads to. */
export interface Targets {
  readonly links: readonly DeviceLink[];
  readonly actions: readonly DeviceAction[];
  /** What a click does at once: follow the only link or the one marked so; without it a click offers the choice. */
  readonly link?: DeviceLink | undefined;
  /** The action that a click asks for at once. */
  readonly action?: DeviceAction | undefined;
}

const NOWHERE: Targets = { links: [], actions: [] };

/** Finds where a device leads: its data links first, else its page; several links or any action are offered as a choice. */
export function createTargets(input: TargetsInput): (index: number) => Targets {
  const { subjectAt, linkToDevice, range, interpolate } = input;
  const known = new Map<number, Targets>();
  const find = (index: number): Targets => {
    const device = subjectAt(index);
    if (device === undefined) return NOWHERE;
    const links = dataLinksOf(device);
    const actions = actionsOf(device, interpolate);
    const hasPage = linkToDevice && links.length === 0 && canOpenPages();
    const page = hasPage ? devicePageOf(device, range) : null;
    const own = page === null ? [] : [{ title: device.name, href: page, oneClick: false }];
    const all = [...links, ...own];
    const only = all.length === 1 && actions.length === 0 ? all[0] : undefined;
    const link = links.find(({ oneClick }) => oneClick) ?? only;
    const action = link === undefined ? actions.find(({ oneClick }) => oneClick) : undefined;
    return { links: all, actions, link, action };
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
