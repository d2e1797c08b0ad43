import {
  availableShare,
  meanTimeBetween,
  meanTimeToRecover,
  type Availability,
} from '../../domain/fleet/availability';
import { csvFile, type CsvCell } from '../../domain/csv';
import { isoTime } from '../../domain/isoTime';
import type { Report } from './loadReport';

/** Names for spreadsheets and scripts: the same in every language. */
const FIGURES = [
  'availability',
  'available_seconds',
  'trouble_seconds',
  'troubles',
  'mttr_seconds',
  'mtbf_seconds',
];

function figures(one: Availability): CsvCell[] {
  const share = availableShare(one);
  return [
    share === undefined ? null : Number(share.toFixed(6)),
    one.availableSeconds,
    one.troubleSeconds,
    one.troubles,
    meanTimeToRecover(one) ?? null,
    meanTimeBetween(one) ?? null,
  ];
}

/** Every device of the report with its figures; times in ISO 8601, UTC. */
export function reportCsv({ span, devices }: Report): string {
  const range = [isoTime(span.from), isoTime(span.to)];
  return csvFile([
    ['device_id', 'name', 'device_type', 'location', 'from', 'to', ...FIGURES],
    ...devices.map((device): CsvCell[] => [
      ...[device.deviceId, device.name, device.deviceType, device.location],
      ...range,
      ...figures(device),
    ]),
  ]);
}
