import {
  type DataFrame,
  FieldType,
  LoadingState,
  type PanelData,
  type TimeRange,
  toDataFrame,
} from '@grafana/data';
import type { RangeSeries } from '../../api/prometheusShapes';

/** What the timeline shows of a device besides its states. */
export interface NamedDevice {
  readonly deviceId: string;
  readonly name: string;
  readonly deviceType: string;
  readonly location: string;
}

/** Histories of statuses and of firing alerts, with the milliseconds between their points. */
export interface FleetHistory {
  readonly status: readonly RangeSeries[];
  readonly alerts: readonly RangeSeries[];
  readonly step: number;
}

/** So many steps without a sample are still no gap: scrapes are seldom punctual. */
const TOLERANCE = 1.5;

/** Calls `add` where the status becomes another, and with null where nothing more is heard. */
function eachChange(
  { times, values }: RangeSeries,
  step: number,
  end: number,
  add: (at: number, code: number | null) => void,
): void {
  let last: number | undefined;
  let before: number | undefined;
  times.forEach((at, index) => {
    const code = values[index];
    if (code === undefined) return;
    const isGap = before !== undefined && at - before > step * TOLERANCE;
    if (isGap && before !== undefined) add(before + step, null);
    if (isGap || code !== last) add(at, code);
    last = code;
    before = at;
  });
  if (before !== undefined && end - before > step * TOLERANCE) add(before + step, null);
}

/** One table with a row for each change of each device: however large the fleet, Grafana handles one frame. */
function changesFrame(
  { status, step }: FleetHistory,
  devices: readonly NamedDevice[],
  end: number,
): DataFrame {
  const known = new Map(devices.map((device) => [device.deviceId, device]));
  const time: number[] = [];
  const codes: (number | null)[] = [];
  const of: NamedDevice[] = [];
  for (const series of status) {
    const device = known.get(series.labels.device_id ?? '');
    if (device === undefined) continue;
    eachChange(series, step, end, (at, code) => {
      time.push(at);
      codes.push(code);
      of.push(device);
    });
  }
  const text = (name: string, read: (device: NamedDevice) => string) => ({
    name,
    type: FieldType.string,
    values: of.map(read),
  });
  return toDataFrame({
    refId: 'status',
    fields: [
      { name: 'time', type: FieldType.time, values: time },
      text('device_id', ({ deviceId }) => deviceId),
      text('name', ({ name, deviceId }) => name || deviceId),
      text('device_type', ({ deviceType }) => deviceType),
      text('location', ({ location }) => location),
      { name: 'status', type: FieldType.number, values: codes },
    ],
  });
}

function alertFrames({ alerts, step }: FleetHistory): DataFrame[] {
  return alerts.map(({ labels, times, values }) =>
    toDataFrame({
      refId: 'alerts',
      fields: [
        { name: 'Time', type: FieldType.time, values: [...times], config: { interval: step } },
        { name: 'Value', type: FieldType.number, labels: { ...labels }, values: [...values] },
      ],
    }),
  );
}

/** The histories of the devices for the timeline panel: statuses as changes, alerts as they are. */
export function historyData(
  history: FleetHistory,
  devices: readonly NamedDevice[],
  range: TimeRange,
): PanelData {
  const changes = changesFrame(history, devices, range.to.valueOf());
  return { state: LoadingState.Done, series: [changes, ...alertFrames(history)], timeRange: range };
}

/** Which columns of `historyData` mean what. */
export const HISTORY_OPTIONS = {
  valueField: 'status',
  idField: 'device_id',
  nameField: 'name',
  timeField: 'time',
  statusCodes: 'always',
  gaps: 'never',
};
