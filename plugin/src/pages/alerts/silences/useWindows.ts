import { useCallback } from 'react';
import type { MaintenanceWindow } from '../../../domain/alerts/silence';
import { useApp } from '../../../kit/app/appContext';
import { useAnswer, type Answer } from '../../../kit/answer';

/** The exporter's maintenance windows. */
export function useWindows(tick: number): Answer<MaintenanceWindow[]> {
  const { clients } = useApp();
  const load = useCallback((signal: AbortSignal) => clients.alertStore.maintenance(signal), [clients]);
  return useAnswer(load, tick);
}
