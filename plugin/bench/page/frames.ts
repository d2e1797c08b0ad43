import {
  createDataFrame,
  type DataFrame,
  FieldType,
  getDisplayProcessor,
  type GrafanaTheme2,
} from '@grafana/data';

/** Fleet of the wanted size as a query answers it: `table` is a Prometheus instant query, `series` a field a device. */
export interface FleetShape {
  readonly count: number;
  readonly form: 'table' | 'series';
  /** Other seeds put the trouble elsewhere. */
  readonly seed: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Names instead of the generated ones, for the first devices. */
  readonly names?: readonly string[];
}

const TYPES = ['pressure', 'humidity', 'temperature', 'gateway', 'vibration'];

function statusOf(index: number, seed: number): number {
  const roll = ((index * 2654435761 + seed * 40503) >>> 7) % 1000;
  if (roll < 12) return 3;
  if (roll < 26) return 4;
  if (roll < 60) return 2;
  if (roll < 64) return 0;
  return roll < 74 ? 5 : 1;
}

function identity(index: number, names: readonly string[]) {
  const type = TYPES[index % 23 === 0 ? 3 : index % 3] ?? 'sensor';
  return {
    device_id: `MOCK-${1000 + index}`,
    name: names[index] ?? `${type[0]?.toUpperCase() ?? ''}${type.slice(1)} sensor ${1000 + index}`,
    device_type: type,
    location: `Lab ${String.fromCharCode(65 + (index % 6))}`,
  };
}

function table({ count, seed, now, names = [] }: FleetShape): DataFrame[] {
  const rows = Array.from({ length: count }, (_, index) => identity(index, names));
  const text = (name: keyof ReturnType<typeof identity>) => ({
    name,
    type: FieldType.string,
    values: rows.map((row) => row[name]),
  });
  return [
    createDataFrame({
      refId: 'A',
      fields: [
        { name: 'Time', type: FieldType.time, values: rows.map(() => now) },
        { name: '__name__', type: FieldType.string, values: rows.map(() => 'valtronics_device_status') },
        text('device_id'),
        text('name'),
        text('device_type'),
        text('location'),
        { name: 'Value', type: FieldType.number, values: rows.map((_, index) => statusOf(index, seed)) },
        {
          name: 'since',
          type: FieldType.number,
          values: rows.map((_, index) => now / 1000 - 40 - (index % 500) * 37),
        },
      ],
    }),
  ];
}

function series({ count, seed, now, names = [] }: FleetShape): DataFrame[] {
  return Array.from({ length: count }, (_, index) =>
    createDataFrame({
      refId: 'A',
      fields: [
        { name: 'Time', type: FieldType.time, values: [4, 3, 2, 1, 0].map((step) => now - step * 15_000) },
        {
          name: 'Value',
          type: FieldType.number,
          labels: { __name__: 'valtronics_device_status', ...identity(index, names) },
          values: [1, 1, 1, statusOf(index, seed), statusOf(index, seed)],
        },
      ],
    }),
  );
}

/** Frames with the display processors that Grafana's panel runner would have set. */
export function createFleet(shape: FleetShape, theme: GrafanaTheme2): DataFrame[] {
  const frames = shape.form === 'table' ? table(shape) : series(shape);
  for (const frame of frames) {
    for (const field of frame.fields) field.display = getDisplayProcessor({ field, theme });
  }
  return frames;
}
