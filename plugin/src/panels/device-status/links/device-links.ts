import { type LinkModel, locationUtil, textUtil, urlUtil } from '@grafana/data';
import type { Device } from '../data/device';

/** A place that a tile leads to. */
export interface DeviceLink {
  readonly title: string;
  readonly href: string;
  readonly target: '_blank' | '_self';
  /** Set by links that do something instead of leading to an address. */
  readonly onClick?: LinkModel['onClick'];
}

const DEVICE_PAGES = '/a/valtronics-monitoring-app/fleet/';

/** The data links that the field's options give to the device's value, with unsafe addresses taken out by Grafana. */
export function dataLinksOf({ cell }: Device): readonly DeviceLink[] {
  const links = cell.field.getLinks?.({ valueRowIndex: cell.row }) ?? [];
  return links.map(({ title, href, target, onClick }) => ({
    title: title === '' ? href : title,
    href: textUtil.sanitizeUrl(href),
    target: target ?? '_self',
    ...(onClick === undefined ? {} : { onClick }),
  }));
}

/** Address of the device's page in this app, with the time range of the dashboard; null without an id. */
export function devicePageOf(
  device: Device,
  range: { readonly from: string; readonly to: string },
): string | null {
  if (device.id === null || device.id === '') return null;
  const path = `${DEVICE_PAGES}${encodeURIComponent(device.id)}`;
  return locationUtil.assureBaseUrl(urlUtil.renderUrl(path, { from: range.from, to: range.to }));
}
