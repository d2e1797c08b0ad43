import type { TimeRange } from '@grafana/data';
import { useCallback, useRef, useState } from 'react';
import { alertsByDevice, withAlertCounts } from './alertsByDevice';
import type { AlertClients } from '../../api/clients';
import { loadAlerts } from '../../features/alerts/data/loadAlerts';
import type { FleetPicture } from '../../features/fleet/fleetPicture';
import { loadFleet, type FleetAnswer } from '../../features/fleet/loadFleet';
import { useApp } from '../../kit/app/appContext';
import { useAnswer, type Answer } from '../../kit/answer';

/** A moment this near to the present is one of it: alerts are known of the present only, milliseconds. */
const PRESENT_MS = 120_000;

/** Alerts of each device from every source; undefined when they are not known of that moment. */
async function alertCounts(
  clients: AlertClients,
  at: number,
  signal: AbortSignal,
  asker: object,
): Promise<ReadonlyMap<string, number> | undefined> {
  if (Math.abs(Date.now() - at) > PRESENT_MS) return undefined;
  return alertsByDevice(await loadAlerts(clients, signal, asker));
}

/** The fleet at the end of the range. A refresh that brings nothing leaves the picture that was there, as an old one. */
export function useFleet(range: TimeRange, tick: number): Answer<FleetAnswer> {
  const { clients } = useApp();
  const [asker] = useState(() => ({}));
  const lastPicture = useRef<FleetPicture>(undefined);
  const load = useCallback(
    async (signal: AbortSignal): Promise<FleetAnswer> => {
      const at = range.to.valueOf();
      const [found, counts] = await Promise.all([
        loadFleet(clients, { at, now: Date.now() }, signal),
        alertCounts(clients, at, signal, asker),
      ]);
      const { picture } = found;
      const answer =
        picture === undefined || found.old || counts === undefined
          ? found
          : { ...found, picture: withAlertCounts(picture, counts) };
      if (answer.picture !== undefined) {
        lastPicture.current = answer.picture;
        return answer;
      }
      return lastPicture.current === undefined
        ? answer
        : { ...answer, picture: lastPicture.current, old: true };
    },
    [asker, clients, range],
  );
  return useAnswer(load, tick);
}
