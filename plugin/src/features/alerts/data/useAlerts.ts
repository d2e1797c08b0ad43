import { useCallback, useState } from 'react';
import { useApp } from '../../../kit/app/appContext';
import { useAnswer, type Answer } from '../../../kit/answer';
import type { AlertPicture } from './alertLoader';
import { loadAlerts } from './loadAlerts';

/** The alerts that are there now, asked for with every tick, together with all other parts of the page that want them. */
export function useAlerts(tick: number): Answer<AlertPicture> {
  const { clients } = useApp();
  const [asker] = useState(() => ({}));
  const load = useCallback((signal: AbortSignal) => loadAlerts(clients, signal, asker), [clients, asker]);
  return useAnswer(load, tick);
}
