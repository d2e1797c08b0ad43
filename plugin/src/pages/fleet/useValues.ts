import { useCallback } from 'react';
import { telemetryQuery } from '../../features/fleet/fleetQueries';
import { useApp } from '../../kit/app/appContext';
import { useLoad, type Loaded } from '../../kit/useLoad';
import { valuesByDevice, type ShownValue } from '../../features/fleet/values';

const NONE: ReadonlyMap<string, readonly ShownValue[]> = new Map();

/** Newest values of the devices at `at` (milliseconds since the epoch); asks only when there are devices. */
export function useValues(
  deviceIds: readonly string[],
  at: number,
  tick: number,
): Loaded<ReadonlyMap<string, readonly ShownValue[]>> {
  const { clients } = useApp();
  // One text: a list of the same ids is the same request.
  const key = deviceIds.join('\n');
  const load = useCallback(
    async (signal: AbortSignal) => {
      if (key === '') return NONE;
      return valuesByDevice(await clients.prometheus.instant(telemetryQuery(key.split('\n')), at, signal));
    },
    [clients, key, at],
  );
  return useLoad(load, tick);
}
