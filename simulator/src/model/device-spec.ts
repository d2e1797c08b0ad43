/**
 * The two publishers of the real platform: its mock fleet (`valtronics/devices/{n}/telemetry/{metric}`,
 * registered as `MOCK-{n}`) and its device simulator (`valtronics/{device_id}/…`).
 */
export type DeviceFamily = 'mock' | 'simulator';

/** What a device is and never changes. */
export interface DeviceSpec {
  /** Place in the fleet, from 0. */
  readonly index: number;
  readonly family: DeviceFamily;
  /** The platform's `device_id`: `MOCK-1000`, `TEMP_SENSOR_001`. */
  readonly id: string;
  /** The number in the mock fleet's topics and payloads (`1000`); 0 in the simulator family. */
  readonly number: number;
  readonly kind: string;
  readonly name: string;
  readonly deviceType: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly firmwareVersion: string;
  readonly location: string;
}
