/** The app's id and the id of its status panel: contract §5. */
export const PLUGIN_ID = 'valtronics-monitoring-app';
export const STATUS_PANEL_ID = 'valtronics-devicestatus-panel';

/** Where the app's pages live, without a slash at the end. */
export const APP_ROOT = `/a/${PLUGIN_ID}`;

/** The page of a device; any id is safe in it. */
export function devicePath(deviceId: string): string {
  return `${APP_ROOT}/fleet/${encodeURIComponent(deviceId)}`;
}
