import type { TimeRange } from '@grafana/data';
import { useCallback, useRef } from 'react';
import type { FleetPicture } from '../../api/fleetPicture';
import { loadFleet, type FleetAnswer } from '../../api/loadFleet';
import { useApp } from '../../hooks/appContext';
import { useLoad, type Loaded } from '../../hooks/useLoad';

/** The fleet at the end of the range. A refresh that brings nothing leaves the picture that was there, as an old one. */
export function useFleet(range: TimeRange, tick: number): Loaded<FleetAnswer> {
  const { clients } = useApp();
  const lastPicture = useRef<FleetPicture>(undefined);
  const load = useCallback(
    async (signal: AbortSignal): Promise<FleetAnswer> => {
      const answer = await loadFleet(clients, { at: range.to.valueOf(), now: Date.now() }, signal);
      if (answer.picture !== undefined) {
        lastPicture.current = answer.picture;
        return answer;
      }
      return lastPicture.current === undefined
        ? answer
        : { ...answer, picture: lastPicture.current, old: true };
    },
    [clients, range],
  );
  return useLoad(load, tick);
}
