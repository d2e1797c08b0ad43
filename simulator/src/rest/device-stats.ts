import type { DeviceRow } from '../platform/rows.ts';

/** The body of `/devices/stats`: other statuses than the three are in the total only. */
export function deviceStats(
  rows: readonly DeviceRow[],
): Record<string, unknown> & { total_devices: number; online_devices: number } {
  const byType: Record<string, number> = {};
  let online = 0;
  let offline = 0;
  let error = 0;
  for (const row of rows) {
    byType[row.deviceType] = (byType[row.deviceType] ?? 0) + 1;
    if (row.status === 'online') online += 1;
    else if (row.status === 'offline') offline += 1;
    else if (row.status === 'error') error += 1;
  }
  return {
    total_devices: rows.length,
    online_devices: online,
    offline_devices: offline,
    error_devices: error,
    devices_by_type: byType,
  };
}
