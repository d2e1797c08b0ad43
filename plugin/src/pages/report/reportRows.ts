import type { InstantRow } from '../../api/prometheusShapes';
import { compareAvailability, together, type Availability } from '../../domain/fleet/availability';

/** A device of the report. */
export interface ReportDevice extends Availability {
  readonly deviceId: string;
  /** Empty where Prometheus knows no identity of it. */
  readonly name: string;
  readonly deviceType: string;
  readonly location: string;
}

/** What the queries of a report answered, a row for each device. */
export interface ReportAnswers {
  readonly available: readonly InstantRow[];
  readonly trouble: readonly InstantRow[];
  readonly changes: readonly InstantRow[];
  readonly last: readonly InstantRow[];
  readonly info: readonly InstantRow[];
}

function byDevice(rows: readonly InstantRow[]): ReadonlyMap<string, InstantRow> {
  return new Map(rows.map((row) => [row.labels.device_id ?? '', row]));
}

/**
 * How often trouble began: it began and ended in turns, so what it was first follows from what it is last and from
 * whether it changed an odd number of times.
 */
function troubles(changes: number, last: number): number {
  const first = changes % 2 === 0 ? last : 1 - last;
  return (changes + first + last) / 2;
}

/** The devices of the answers, the worst first. `step`: seconds that a point stands for. */
export function reportDevices(answers: ReportAnswers, step: number): ReportDevice[] {
  const [available, trouble, changes, info] = [
    byDevice(answers.available),
    byDevice(answers.trouble),
    byDevice(answers.changes),
    byDevice(answers.info),
  ];
  const devices = answers.last.map(({ labels, value }): ReportDevice => {
    const deviceId = labels.device_id ?? '';
    const identity = info.get(deviceId)?.labels;
    return {
      deviceId,
      name: identity?.name ?? '',
      deviceType: identity?.device_type ?? '',
      location: identity?.location ?? '',
      availableSeconds: (available.get(deviceId)?.value ?? 0) * step,
      troubleSeconds: (trouble.get(deviceId)?.value ?? 0) * step,
      troubles: troubles(changes.get(deviceId)?.value ?? 0, value),
    };
  });
  return devices.sort(
    (left, right) => compareAvailability(left, right) || (left.deviceId < right.deviceId ? -1 : 1),
  );
}

/** Devices that have a type or a place in common. */
export interface ReportGroup extends Availability {
  readonly value: string;
  readonly devices: number;
}

/** The devices by type or place, the worst first. */
export function reportGroups(
  devices: readonly ReportDevice[],
  key: 'deviceType' | 'location',
): ReportGroup[] {
  const groups = new Map<string, ReportDevice[]>();
  for (const device of devices) {
    const members = groups.get(device[key]);
    if (members === undefined) groups.set(device[key], [device]);
    else members.push(device);
  }
  return [...groups]
    .map(([value, members]) => ({ value, devices: members.length, ...together(members) }))
    .sort((left, right) => compareAvailability(left, right) || left.value.localeCompare(right.value));
}

/** So many of the worst are listed. */
export const WORST = 10;

/** The devices that were in trouble most, without those that were never in any. */
export function worstDevices(devices: readonly ReportDevice[]): readonly ReportDevice[] {
  return devices.filter(({ troubleSeconds }) => troubleSeconds > 0).slice(0, WORST);
}
