import { FieldType, LoadingState, toDataFrame, type PanelData, type TimeRange } from '@grafana/data';
import { STATUS_CODES } from '../../domain/fleet/deviceStatus';
import type { FleetDevice } from '../../features/fleet/fleetPicture';

/** The devices as one table for the status panel: one frame, whatever the size of the fleet. */
export function gridData(devices: readonly FleetDevice[], range: TimeRange): PanelData {
  const frame = toDataFrame({
    name: 'devices',
    fields: [
      { name: 'device_id', type: FieldType.string, values: devices.map(({ deviceId }) => deviceId) },
      { name: 'name', type: FieldType.string, values: devices.map(({ name }) => name) },
      { name: 'device_type', type: FieldType.string, values: devices.map(({ deviceType }) => deviceType) },
      { name: 'location', type: FieldType.string, values: devices.map(({ location }) => location) },
      { name: 'status', type: FieldType.number, values: devices.map(({ status }) => STATUS_CODES[status]) },
      { name: 'since', type: FieldType.time, values: devices.map(({ since }) => since) },
      { name: 'last_seen', type: FieldType.time, values: devices.map(({ lastSeen }) => lastSeen) },
    ],
  });
  return { state: LoadingState.Done, series: [frame], timeRange: range };
}
