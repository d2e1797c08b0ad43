import {
  createDataFrame,
  type DataFrame,
  FieldType,
  getDisplayProcessor,
  type GrafanaTheme2,
} from '@grafana/data';

/** Histories of the wanted size as a query answers them. */
export interface HistoryShape {
  readonly rows: number;
  /** Changes of each row; with `form: 'series'` there are as many samples again. */
  readonly changes: number;
  readonly form: 'series' | 'table';
  /** Other seeds put the trouble elsewhere. */
  readonly seed: number;
  /** End of the range, milliseconds since the epoch. */
  readonly end: number;
  /** Length of the range, milliseconds. */
  readonly length: number;
  /** Names instead of the generated ones, for the first devices. */
  readonly names?: readonly string[];
}

const TYPES = ['pressure', 'humidity', 'temperature', 'gateway'];

/** Numbers from 0 to 1 that are the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
  };
}

function nextCode(before: number, random: () => number): number {
  const roll = random();
  if (before !== 1 && roll < 0.6) return 1;
  if (roll < 0.75) return before === 2 ? 3 : 2;
  if (roll < 0.85) return before === 3 ? 4 : 3;
  if (roll < 0.95) return before === 4 ? 1 : 4;
  return before === 5 ? 0 : 5;
}

function identity(index: number, names: readonly string[]) {
  const type = TYPES[index % TYPES.length] ?? 'sensor';
  return {
    device_id: `MOCK-${1000 + index}`,
    name: names[index] ?? `${type[0]?.toUpperCase() ?? ''}${type.slice(1)} sensor ${1000 + index}`,
    device_type: type,
  };
}

/** Times and codes of one row: every change another state. */
function historyOf({ changes, seed, end, length }: HistoryShape, index: number) {
  const random = randomOf(seed * 7919 + index + 1);
  const step = Math.floor(length / changes);
  const times: number[] = [];
  const codes: number[] = [];
  let code = random() < 0.9 ? 1 : 3;
  for (let change = 0; change < changes; change += 1) {
    times.push(end - length + change * step);
    codes.push(code);
    code = nextCode(code, random);
  }
  return { times, codes, step };
}

function series(shape: HistoryShape): DataFrame[] {
  return Array.from({ length: shape.rows }, (_, index) => {
    const { times, codes, step } = historyOf(shape, index);
    // A device that was not heard for a while, here and there.
    const isHeard = (_value: number, place: number) => index % 9 !== 4 || place % 50 < 40;
    return createDataFrame({
      refId: 'A',
      fields: [
        {
          name: 'Time',
          type: FieldType.time,
          values: times.filter(isHeard),
          config: { interval: step },
        },
        {
          name: 'Value',
          type: FieldType.number,
          labels: { __name__: 'valtronics_device_status', ...identity(index, shape.names ?? []) },
          values: codes.filter(isHeard),
        },
      ],
    });
  });
}

const WORDS = ['unknown', 'online', 'warning', 'error', 'offline', 'maintenance'];

function table(shape: HistoryShape): DataFrame[] {
  const time: number[] = [];
  const device: string[] = [];
  const state: string[] = [];
  for (let index = 0; index < shape.rows; index += 1) {
    const { times, codes } = historyOf(shape, index);
    const { device_id: id } = identity(index, []);
    times.forEach((at, place) => {
      time.push(at);
      device.push(id);
      state.push(WORDS[codes[place] ?? 0] ?? 'unknown');
    });
  }
  return [
    createDataFrame({
      refId: 'A',
      fields: [
        { name: 'time', type: FieldType.time, values: time },
        { name: 'device', type: FieldType.string, values: device },
        { name: 'state', type: FieldType.string, values: state },
      ],
    }),
  ];
}

/** Alerts of every tenth device, as Prometheus keeps them. */
function alerts({ rows, end, length }: HistoryShape): DataFrame[] {
  return Array.from({ length: Math.min(20, Math.ceil(rows / 10)) }, (_, index) =>
    createDataFrame({
      refId: 'alerts',
      fields: [
        {
          name: 'Time',
          type: FieldType.time,
          values: Array.from({ length: 30 }, (_, step) => end - length / 2 + step * 15_000),
          config: { interval: 15_000 },
        },
        {
          name: 'Value',
          type: FieldType.number,
          labels: {
            __name__: 'ALERTS',
            alertname: 'DeviceStale',
            alertstate: 'firing',
            severity: 'critical',
            device_id: `MOCK-${1000 + index * 10}`,
          },
          values: Array.from({ length: 30 }, () => 1),
        },
      ],
    }),
  );
}

/** Frames with the display processors that Grafana's panel runner would have set. */
export function createHistory(shape: HistoryShape, theme: GrafanaTheme2): DataFrame[] {
  const frames = [...(shape.form === 'table' ? table(shape) : series(shape)), ...alerts(shape)];
  for (const frame of frames) {
    for (const field of frame.fields) field.display = getDisplayProcessor({ field, theme });
  }
  return frames;
}
