import type { AlertRow } from '../../../domain/alerts/alert';
import type { AlertGroup } from '../../../domain/alerts/group';

/** Heights in pixels: the list reckons with them. */
export const ALERT_HEIGHT = 56;
/** Of an alert whose parts stand below each other. */
export const STACKED_HEIGHT = 156;
/** Below this width of the list they do. */
export const STACKED_BELOW = 640;
export const GROUP_HEIGHT = 36;
/** Pixels around what is in sight that are drawn, too. */
const AROUND = 400;

/** A line of the list. */
export type ListItem =
  | { readonly kind: 'group'; readonly key: string; readonly group: AlertGroup; readonly closed: boolean }
  | { readonly kind: 'alert'; readonly key: string; readonly alert: AlertRow }
  /** What belongs to the alert above it. */
  | { readonly kind: 'details'; readonly key: string; readonly alert: AlertRow };

/** What is drawn of a list, with the room of the rest above and below it, pixels. */
export interface ListPart {
  readonly first: number;
  readonly items: readonly ListItem[];
  readonly above: number;
  readonly below: number;
}

/** A group's key in lists and in the address; nobody's label value is this word for "without". */
export function groupKey({ value }: AlertGroup): string {
  return value === undefined ? '' : `=${value}`;
}

/** The lines of the groups in their order; without `headed` the alerts alone. */
export function listItems(
  groups: readonly AlertGroup[],
  headed: boolean,
  closed: ReadonlySet<string>,
  openKey: string | null,
): ListItem[] {
  return groups.flatMap((group): ListItem[] => {
    const key = groupKey(group);
    const isClosed = headed && closed.has(key);
    const alerts = group.alerts.flatMap((alert): ListItem[] => {
      const row: ListItem = { kind: 'alert', key: alert.fingerprint, alert };
      if (alert.fingerprint !== openKey) return [row];
      return [row, { kind: 'details', key: `${alert.fingerprint} details`, alert }];
    });
    return [
      ...(headed ? [{ kind: 'group', key: `group ${key}`, group, closed: isClosed } as const] : []),
      ...(isClosed ? [] : alerts),
    ];
  });
}

/** How high what is not always the same is, pixels. */
export interface Heights {
  readonly alert: number;
  readonly details: number;
}

function heightOf({ kind }: ListItem, heights: Heights): number {
  return kind === 'group' ? GROUP_HEIGHT : heights[kind];
}

/** Where a line begins, pixels from the top. */
export function itemTop(items: readonly ListItem[], index: number, heights: Heights): number {
  return items.slice(0, index).reduce((sum, item) => sum + heightOf(item, heights), 0);
}

/** The lines around what is in sight. All lengths in pixels. */
export function listPart(
  items: readonly ListItem[],
  scrollTop: number,
  viewport: number,
  heights: Heights,
): ListPart {
  const from = scrollTop - AROUND;
  const to = scrollTop + viewport + AROUND;
  let top = 0;
  let above = 0;
  let below = 0;
  let first = -1;
  let end = 0;
  items.forEach((item, index) => {
    const bottom = top + heightOf(item, heights);
    if (bottom <= from) above = bottom;
    else if (top >= to) below += bottom - top;
    else {
      if (first < 0) first = index;
      end = index + 1;
    }
    top = bottom;
  });
  if (first < 0) return { first: 0, items: [], above, below };
  return { first, items: items.slice(first, end), above, below };
}
