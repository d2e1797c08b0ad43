import { useCallback } from 'react';
import type { MaintenanceWindow } from '../../../domain/alerts/silence';
import { useApp } from '../../../kit/app/appContext';
import { useLoad, type Loaded } from '../../../kit/useLoad';

/** The exporter's maintenance windows. */
export function useWindows(tick: number): Loaded<MaintenanceWindow[]> {
  const { clients } = useApp();
  const load = useCallback((signal: AbortSignal) => clients.alertStore.maintenance(signal), [clients]);
  return useLoad(load, tick);
}
