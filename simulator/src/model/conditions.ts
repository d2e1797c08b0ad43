import type { AlertDesk } from './alert-desk.ts';
import { alertOfCondition } from './alert-texts.ts';
import { type Condition, reportedStatus } from './condition.ts';
import type { Device } from './device.ts';
import type { FleetEvent } from './events.ts';

/** Moves a device into a condition: reports the status, closes the old condition's alert, raises the new one. */
export type ChangeCondition = (at: number, device: Device, condition: Condition) => void;

export function createChangeCondition(emit: (event: FleetEvent) => void, desk: AlertDesk): ChangeCondition {
  return (at, device, condition) => {
    if (device.condition === condition) return;
    if (device.condition === 'alarm') emit({ kind: 'alarm', at, device: device.spec, ends: true });
    device.condition = condition;
    if (condition === 'alarm') emit({ kind: 'alarm', at, device: device.spec, ends: false });
    device.drift = condition === 'drift' ? device.random.pick([0.75, 0.75, 1]) : 0;
    if (device.conditionAlert !== 0) desk.resolve(at, device.conditionAlert);
    device.conditionAlert = 0;
    const status = reportedStatus(condition);
    if (status !== undefined && status !== device.status) {
      const from = device.status;
      device.status = status;
      emit({ kind: 'status', at, device: device.spec, from, to: status });
    }
    const alert = alertOfCondition(device.spec, condition);
    if (alert !== undefined) device.conditionAlert = desk.raise(at, device.spec, alert);
  };
}
