import { useCallback } from 'react';
import type { MaintenanceWindow } from '../../../alerting/silence';
import { useApp } from '../../../hooks/appContext';
import { useLoad, type Loaded } from '../../../hooks/useLoad';

/** The exporter's maintenance windows. */
export function useWindows(tick: number): Loaded<MaintenanceWindow[]> {
  const { clients } = useApp();
  const load = useCallback((signal: AbortSignal) => clients.alertStore.maintenance(signal), [clients]);
  return useLoad(load, tick);
}
