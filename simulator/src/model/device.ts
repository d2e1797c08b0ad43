import type { Condition } from './condition.ts';
import type { DeviceKind, Instrument } from './device-kind.ts';
import type { DeviceSpec } from './device-spec.ts';
import type { DeviceStatus } from './events.ts';
import { kindOf } from './kinds/index.ts';
import { createRandom, type Random, seedOf } from './random.ts';

/** A device's state inside the model. */
export interface Device {
  readonly spec: DeviceSpec;
  readonly kind: DeviceKind;
  readonly random: Random;
  readonly instrument: Instrument;
  condition: Condition;
  /** The status it reported last; a silent device keeps the one it had. */
  status: DeviceStatus;
  /** Broken by hand: no chance mends it. */
  pinned: boolean;
  /** Number of the open alert about its condition, 0 without. */
  conditionAlert: number;
  /** Number of the open alert about its readings, 0 without. */
  thresholdAlert: number;
  /** How far it has drifted, 0…1. */
  drift: number;
}

/** A healthy device with a source of chance of its own, so that one device never changes another's numbers. */
export function createDevice(spec: DeviceSpec, seed: number): Device {
  const kind = kindOf(spec.kind);
  const random = createRandom(seedOf(seed, spec.index));
  return {
    spec,
    kind,
    random,
    instrument: kind.createInstrument(spec, random),
    condition: 'healthy',
    status: 'online',
    pinned: false,
    conditionAlert: 0,
    thresholdAlert: 0,
    drift: 0,
  };
}
