import { type Field, type LinkModel, locationUtil, textUtil } from '@grafana/data';
import { config } from '@grafana/runtime';
import type { MouseEvent } from 'react';
import { deviceHref } from '../links/DeviceLink';
import type { Cell } from '../frames/cell';

/** What links and actions are of: a device, or one of its states. */
export interface Subject {
  /** What links use; null when the data carries none. */
  readonly id: string | null;
  readonly name: string;
  readonly cell: Cell;
}

/** A place that a device leads to. */
export interface DeviceLink {
  readonly title: string;
  /** With Grafana's own path in front, as its links are. */
  readonly href: string;
  /** Unset for addresses that Grafana's router follows. */
  readonly target?: '_blank' | '_self' | undefined;
  /** Set by links that do something instead of leading to an address. */
  readonly onClick?: LinkModel['onClick'];
  /** Whether a click on the tile follows it at once, whatever else there is. */
  readonly oneClick: boolean;
}

/** What Grafana does on a click on a link with an action of its own; held keys still open its address elsewhere. */
export function clickOf({ onClick }: DeviceLink): ((event: MouseEvent) => void) | undefined {
  if (onClick === undefined) return undefined;
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onClick(event);
  };
}

/** Follows a link as a click on it would: Grafana, which listens for clicks, decides who goes there. */
export function followLink(link: DeviceLink, within: HTMLElement): void {
  const anchor = document.createElement('a');
  anchor.href = link.href;
  if (link.target !== undefined) anchor.target = link.target;
  if (link.target === '_blank') anchor.rel = 'noreferrer';
  const { onClick } = link;
  if (onClick !== undefined) {
    anchor.addEventListener('click', (event) => {
      event.preventDefault();
      onClick(event);
    });
  }
  within.append(anchor);
  anchor.click();
  anchor.remove();
}

/** The data links of the device's value, name and identity, with unsafe addresses taken out by Grafana. */
export function dataLinksOf({ cell }: Pick<Subject, 'cell'>): readonly DeviceLink[] {
  const fields = new Set<Field | undefined>([cell.field, cell.columns?.name, cell.columns?.id]);
  const known = new Set<string>();
  return [...fields].flatMap((field) =>
    (field?.getLinks?.({ valueRowIndex: cell.row }) ?? []).flatMap((link): DeviceLink[] => {
      const { title, href, target, onClick, oneClick = false } = link;
      // Links that all fields have are one.
      const key = `${title}\u0000${href}`;
      if (known.has(key)) return [];
      known.add(key);
      return [
        {
          ...{ title: title === '' ? href : title, href: textUtil.sanitizeUrl(href), target, oneClick },
          ...(onClick === undefined ? {} : { onClick }),
        },
      ];
    }),
  );
}

/** Whether the page of a device is open to whoever looks: not in a public dashboard, nor in a snapshot without a session. */
export function canOpenPages(): boolean {
  const { isSignedIn, orgRole } = config.bootData.user;
  return (config.publicDashboardAccessToken ?? '') === '' && (isSignedIn || Boolean(orgRole));
}

/** Address of the device's page in this app, with the time range of the dashboard; null without an id. */
export function devicePageOf(
  device: Pick<Subject, 'id'>,
  range: { readonly from: string; readonly to: string },
): string | null {
  if (device.id === null || device.id === '') return null;
  const { from, to } = range;
  return locationUtil.assureBaseUrl(deviceHref(device.id, new URLSearchParams({ from, to }).toString()));
}
