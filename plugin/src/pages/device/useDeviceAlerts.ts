import type { TimeRange } from '@grafana/data';
import { useCallback } from 'react';
import type { AlertRow } from '../../domain/alerts/alert';
import { loadAlerts } from '../../features/alerts/data/loadAlerts';
import type { StoredAlert } from '../../domain/alerts/alertTypes';
import { ApiFailure, type Problem } from '../../domain/problem';
import { useApp } from '../../kit/app/appContext';
import { useAnswer, type Answer } from '../../kit/answer';

/** Past alerts of a device that are asked for at once. */
const MOST_PAST = 200;

export interface DeviceAlertsNow {
  /** What is there now, the worst first. */
  readonly current: readonly AlertRow[];
  /** What the store keeps of the range, newest first. */
  readonly stored: readonly StoredAlert[];
  /** Why a source shows nothing. */
  readonly problems: readonly Problem[];
}

/** The alerts of a device: from every source those that are there now, and of the range what the store keeps. */
export function useDeviceAlerts(deviceId: string, range: TimeRange, tick: number): Answer<DeviceAlertsNow> {
  const { clients } = useApp();
  const load = useCallback(
    async (signal: AbortSignal): Promise<DeviceAlertsNow> => {
      const span = { from: range.from.valueOf(), to: range.to.valueOf() };
      const past = clients.alertStore.history(span, { device: deviceId }, MOST_PAST, signal);
      const [picture, stored] = await Promise.all([
        loadAlerts(clients, signal),
        // Without the store Prometheus still tells of the range; the page says elsewhere that the exporter is down.
        past.then(
          ({ alerts }) => alerts,
          (error: unknown) => {
            if (error instanceof ApiFailure) return [];
            throw error;
          },
        ),
      ]);
      const current = picture.alerts.filter(({ labels }) => labels.device_id === deviceId);
      return { current, stored, problems: picture.problems };
    },
    [clients, deviceId, range],
  );
  return useAnswer(load, tick);
}
