import { useCallback } from 'react';
import { telemetryQuery } from '../../features/fleet/fleetQueries';
import { valuesByDevice, type ShownValue } from '../../features/fleet/values';
import { newest, useAnswer } from '../../kit/answer';
import { useApp } from '../../kit/app/appContext';
import { useSame } from '../../kit/useSame';

const NONE: ReadonlyMap<string, readonly ShownValue[]> = new Map();

/** Newest values of the devices at `at` (milliseconds since the epoch); asks only when there are devices. */
export function useValues(ids: readonly string[], at: number, tick: number) {
  const { clients } = useApp();
  const deviceIds = useSame(ids);
  const load = useCallback(
    async (signal: AbortSignal) => {
      if (deviceIds.length === 0) return NONE;
      return valuesByDevice(await clients.prometheus.instant(telemetryQuery(deviceIds), at, signal));
    },
    [clients, deviceIds, at],
  );
  return newest(useAnswer(load, tick));
}
