import type { DeviceFamily, DeviceSpec } from './device-spec.ts';
import type { AlertText, Reading } from './events.ts';
import type { Random } from './random.ts';

/** A device's measuring part; it remembers the last values. */
export interface Instrument {
  /**
   * Measures once.
   * @param drift 0 in health; towards 1 the main value leaves its normal range, beyond the alert threshold.
   */
  measure(drift: number): Reading[];
}

/** Reads an alert out of one measurement, or nothing. */
export type AlertRule = (readings: readonly Reading[]) => AlertText | undefined;

/** A kind of device: identity, rhythm and measuring, as in the platform's own publishers. */
export interface DeviceKind {
  readonly kind: string;
  readonly family: DeviceFamily;
  readonly deviceType: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly firmwareVersion: string;
  /** Mock family: `Temperature Sensor` (the number follows); simulator family likewise. */
  readonly name: string;
  /** Simulator family only: `TEMP_SENSOR` of `TEMP_SENSOR_001`. */
  readonly idPrefix: string;
  /** How many of 50 mock devices are of this kind; 0 in the simulator family, whose kinds are even. */
  readonly share: number;
  /** Milliseconds between two measurements; the schedule varies it by ±20 %. */
  readonly interval: number;
  /** Points of one measurement, for the estimate of the fleet's rate. */
  readonly points: number;
  createInstrument(spec: DeviceSpec, random: Random): Instrument;
  readonly alertRule?: AlertRule;
}

/** The numeric value of a metric in a measurement, or undefined. */
export function valueOf(readings: readonly Reading[], metric: string): number | undefined {
  const value = readings.find((reading) => reading.metric === metric)?.value;
  return typeof value === 'number' ? value : undefined;
}
