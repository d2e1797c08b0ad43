import type { DeviceKind } from '../device-kind.ts';
import { airQuality } from './air-quality.ts';
import { simulatorKinds } from './device-simulator.ts';
import { humidity } from './humidity.ts';
import { pressure } from './pressure.ts';
import { temperature } from './temperature.ts';
import { vibration } from './vibration.ts';

/** The mock fleet's kinds in the order of its numbers: temperature sensors start at 1000. */
export const mockKinds: readonly DeviceKind[] = [temperature, humidity, pressure, airQuality, vibration];

const byName = new Map([...simulatorKinds, ...mockKinds].map((kind) => [kind.kind, kind]));

/** The kind of that name. Throws when there is none: specs are made from the same list. */
export function kindOf(name: string): DeviceKind {
  const kind = byName.get(name);
  if (kind === undefined) throw new Error(`no device kind is called ${name}`);
  return kind;
}

export { simulatorKinds };
