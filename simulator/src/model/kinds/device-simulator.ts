import type { DeviceKind, Instrument } from '../device-kind.ts';
import type { Reading } from '../events.ts';
import type { Random } from '../random.ts';
import { createWalk, round } from '../walk.ts';

const OPERATIONAL_STATES = ['running', 'idle', 'standby'] as const;

function reading(metric: string, value: number | string, unit: string): Reading {
  return { metric, value, unit, metadata: {} };
}

interface Channel {
  readonly metric: string;
  readonly unit: string;
  readonly mean: number;
  readonly spread: number;
  readonly max?: number;
}

function channels(random: Random, list: readonly Channel[]): Instrument {
  const walks = list.map((channel) => createWalk(random, { ...channel, min: 0 }));
  return {
    measure: (drift) =>
      list.map(({ metric, unit, spread }, at) =>
        reading(metric, round(walks[at]?.step(at === 0 ? drift * spread * 8 : 0) ?? 0, 2), unit),
      ),
  };
}

const celsius: Channel = { metric: 'temperature', unit: 'celsius', mean: 22, spread: 1.2 };
const percentHumidity: Channel = { metric: 'humidity', unit: 'percent', mean: 45, spread: 3, max: 100 };
const hectopascal: Channel = { metric: 'pressure', unit: 'hPa', mean: 1013, spread: 1.5 };

const common = { family: 'simulator', share: 0 } as const;

/** The five kinds of the platform's device simulator, in its order. Its units are words, not signs. */
export const simulatorKinds: readonly DeviceKind[] = [
  {
    ...common,
    kind: 'simulator_temperature',
    deviceType: 'sensor',
    manufacturer: 'Texas Instruments',
    model: 'TMP36',
    firmwareVersion: '1.2.3',
    name: 'Temperature Sensor',
    idPrefix: 'TEMP_SENSOR',
    interval: 30_000,
    points: 2,
    createInstrument: (_spec, random) => channels(random, [celsius, percentHumidity]),
  },
  {
    ...common,
    kind: 'simulator_humidity',
    deviceType: 'sensor',
    manufacturer: 'Sensirion',
    model: 'SHT31',
    firmwareVersion: '2.1.0',
    name: 'Humidity Sensor',
    idPrefix: 'HUM_SENSOR',
    interval: 45_000,
    points: 2,
    createInstrument: (_spec, random) => channels(random, [celsius, percentHumidity]),
  },
  {
    ...common,
    kind: 'simulator_pressure',
    deviceType: 'sensor',
    manufacturer: 'Bosch',
    model: 'BME280',
    firmwareVersion: '1.0.5',
    name: 'Pressure Sensor',
    idPrefix: 'PRESS_SENSOR',
    interval: 60_000,
    points: 2,
    createInstrument: (_spec, random) => channels(random, [celsius, hectopascal]),
  },
  {
    ...common,
    kind: 'simulator_actuator',
    deviceType: 'actuator',
    manufacturer: 'Siemens',
    model: 'SIRIUS',
    firmwareVersion: '3.4.1',
    name: 'Actuator',
    idPrefix: 'ACTUATOR',
    interval: 30_000,
    points: 3,
    createInstrument(_spec, random) {
      const power = createWalk(random, { mean: 60, spread: 6, min: 0 });
      const duty = createWalk(random, { mean: 40, spread: 8, min: 0, max: 100 });
      return {
        measure: (drift) => [
          reading('power_consumption', round(power.step(drift * 60), 2), 'watts'),
          reading('operational_status', random.pick(OPERATIONAL_STATES), 'state'),
          reading('duty_cycle', round(duty.step(), 2), 'percent'),
        ],
      };
    },
  },
  {
    ...common,
    kind: 'simulator_gateway',
    deviceType: 'gateway',
    manufacturer: 'Raspberry Pi',
    model: 'Pi 4B',
    firmwareVersion: '1.0.0',
    name: 'Gateway',
    idPrefix: 'GATEWAY',
    interval: 30_000,
    points: 4,
    createInstrument(_spec, random) {
      const traffic = createWalk(random, { mean: 700, spread: 90, min: 0 });
      const cpu = createWalk(random, { mean: 35, spread: 6, min: 0, max: 100 });
      const memory = createWalk(random, { mean: 45, spread: 3, min: 0, max: 100 });
      return {
        measure: (drift) => [
          reading('connected_devices', random.whole(8, 14), 'count'),
          reading('network_traffic', round(traffic.step(), 2), 'kbps'),
          reading('cpu_usage', round(cpu.step(drift * 55), 2), 'percent'),
          reading('memory_usage', round(memory.step(), 2), 'percent'),
        ],
      };
    },
  },
];
