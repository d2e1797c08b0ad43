import { t } from '@grafana/i18n';
import { compareSeverity, type FleetDevice } from '../../features/fleet/fleetPicture';
import { splitList } from '../../kit/addressList';
import { compareTexts } from './sortKey';

/** Columns of the table in their order; `name` always stays, it is the way to the device. */
export const COLUMNS = [
  'status',
  'name',
  'type',
  'location',
  'lastSeen',
  'since',
  'values',
  'alerts',
] as const;
export type Column = (typeof COLUMNS)[number];
export const FIXED_COLUMN: Column = 'name';

/** Columns that can be sorted by; `values` cannot: they are read for the rows in sight only. */
export type SortColumn = Exclude<Column, 'values'>;

export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** The worst first. */
export const DEFAULT_SORT: Sort = { column: 'status', descending: false };

/** The heading of a column in the user's language. */
export function columnTitle(column: Column): string {
  switch (column) {
    case 'status':
      return t('column.status', 'Status');
    case 'name':
      return t('column.name', 'Device');
    case 'type':
      return t('column.type', 'Type');
    case 'location':
      return t('column.location', 'Location');
    case 'lastSeen':
      return t('column.lastSeen', 'Last seen');
    case 'since':
      return t('column.since', 'Time in status');
    case 'values':
      return t('column.values', 'Newest values');
    case 'alerts':
      return t('column.alerts', 'Alerts');
  }
}

function isSortColumn(text: string): text is SortColumn {
  return text !== 'values' && COLUMNS.some((column) => column === text);
}

/** The sort order of the address: a column, with a minus before it for descending. */
export function readSort(text: string | null): Sort {
  const descending = text?.startsWith('-') === true;
  const column = descending ? text.slice(1) : (text ?? '');
  return isSortColumn(column) ? { column, descending } : DEFAULT_SORT;
}

/** The opposite of `readSort`; empty for the default. */
export function writeSort({ column, descending }: Sort): string {
  if (column === DEFAULT_SORT.column && !descending) return '';
  return descending ? `-${column}` : column;
}

/** The columns of the address; without any all of them, `alerts` only where alerts are known. */
export function readColumns(text: string | null, alertsKnown: boolean): Column[] {
  const chosen = text === null ? COLUMNS : splitList(text);
  return COLUMNS.filter(
    (column) =>
      column === FIXED_COLUMN ||
      (chosen.some((name) => name === column) && (column !== 'alerts' || alertsKnown)),
  );
}

/** What is not known comes last, whatever the direction. */
function compareKnown(a: number | null, b: number | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return descending ? b - a : a - b;
}

function compareBy({ column, descending }: Sort): (a: FleetDevice, b: FleetDevice) => number {
  const sign = descending ? -1 : 1;
  switch (column) {
    case 'status':
      return (a, b) => sign * compareSeverity(a, b);
    case 'name':
      return (a, b) => sign * compareTexts(a.name || a.deviceId, b.name || b.deviceId);
    case 'type':
      return (a, b) => sign * compareTexts(a.deviceType, b.deviceType);
    case 'location':
      return (a, b) => sign * compareTexts(a.location, b.location);
    case 'alerts':
      return (a, b) => compareKnown(a.alerts, b.alerts, descending);
    // A short time in a status is a late moment: ascending durations are descending moments.
    case 'lastSeen':
      return (a, b) => compareKnown(a.lastSeen, b.lastSeen, !descending);
    case 'since':
      return (a, b) => compareKnown(a.since, b.since, !descending);
  }
}

/** A sorted copy; of equals the id decides, so that a refresh moves no row without a reason. */
export function sortDevices(devices: readonly FleetDevice[], sort: Sort): FleetDevice[] {
  const compare = compareBy(sort);
  return [...devices].sort((a, b) => compare(a, b) || (a.deviceId < b.deviceId ? -1 : 1));
}
