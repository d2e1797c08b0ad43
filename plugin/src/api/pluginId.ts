/** The app's id and the ids of its panels of devices: contract §5. */
export const PLUGIN_ID = 'valtronics-monitoring-app';
export const STATUS_PANEL_ID = 'valtronics-devicestatus-panel';
export const TIMELINE_PANEL_ID = 'valtronics-timeline-panel';

/** Where the app's pages live, without a slash at the end. */
export const APP_ROOT = `/a/${PLUGIN_ID}`;

/** Stands in the path for an id that would not survive it; the id is in the query then. */
const ID_IN_QUERY = '~';
const ID_PARAMETER = 'id';

/**
 * Paths are decoded on their way: by the router's history once, by the router again, by browsers (`.`, `..`, line
 * breaks), by reverse proxies (`%2F`). An id of these characters says the same after each of them.
 */
function survivesPath(deviceId: string): boolean {
  return /^[^%/\\?#~\s\p{C}](?:[^%/\\?#\p{C}]*[^%/\\?#\s\p{C}])?$/u.test(deviceId) && !/^\.+$/.test(deviceId);
}

/** The page of a device; any id is safe in it. May have a query. */
export function devicePath(deviceId: string): string {
  if (survivesPath(deviceId)) return `${APP_ROOT}/fleet/${encodeURIComponent(deviceId)}`;
  return `${APP_ROOT}/fleet/${ID_IN_QUERY}?${new URLSearchParams({ [ID_PARAMETER]: deviceId }).toString()}`;
}

/**
 * The device that an address is about; `named` is what stands in the path for it. `stays`: false where the id came in
 * the path and would not survive the next change of the address there.
 */
export function deviceInAddress(
  named: string,
  query: URLSearchParams,
): { readonly deviceId: string; readonly stays: boolean } {
  if (named === ID_IN_QUERY) return { deviceId: query.get(ID_PARAMETER) ?? '', stays: true };
  return { deviceId: named, stays: survivesPath(named) };
}
