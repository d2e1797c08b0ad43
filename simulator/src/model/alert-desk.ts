import type { DeviceSpec } from './device-spec.ts';
import type { AlertText, FleetEvent } from './events.ts';

/** The fleet's open alerts: numbers them, and forgets them when they are resolved. */
export interface AlertDesk {
  readonly open: number;
  /** Raises an alert and returns its number, from 1. */
  raise(at: number, device: DeviceSpec, alert: AlertText): number;
  /** Acknowledges an open alert once; a resolved or unknown one is left alone. */
  acknowledge(at: number, number: number): void;
  /** Resolves an open alert; a resolved or unknown one is left alone. */
  resolve(at: number, number: number): void;
}

/** @param emit takes the events in the order they happen */
export function createAlertDesk(emit: (event: FleetEvent) => void): AlertDesk {
  const opened = new Map<
    number,
    { readonly device: DeviceSpec; readonly alert: AlertText; acknowledged: boolean }
  >();
  let last = 0;
  return {
    get open() {
      return opened.size;
    },
    raise(at, device, alert) {
      last += 1;
      opened.set(last, { device, alert, acknowledged: false });
      emit({ kind: 'alert_raised', at, device, number: last, alert });
      return last;
    },
    acknowledge(at, number) {
      const found = opened.get(number);
      if (found === undefined || found.acknowledged) return;
      found.acknowledged = true;
      emit({ kind: 'alert_acknowledged', at, number });
    },
    resolve(at, number) {
      const found = opened.get(number);
      if (!opened.delete(number) || found === undefined) return;
      emit({ kind: 'alert_resolved', at, device: found.device, number, alert: found.alert });
    },
  };
}
