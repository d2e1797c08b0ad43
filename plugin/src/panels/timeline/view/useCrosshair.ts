import { DataHoverClearEvent, DataHoverEvent } from '@grafana/data';
import { usePanelContext } from '@grafana/ui';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Subscription } from 'rxjs';

/** Other panels are told this often at most, milliseconds. */
const PAUSE = 50;

export interface Crosshair {
  /** The moment that another panel points at, milliseconds since the epoch. */
  readonly time: number | undefined;
  /** Tells other panels the moment under the pointer; undefined when it has gone. */
  readonly point: (time: number | undefined) => void;
}

/** The crosshair that panels of a dashboard share; Grafana decides whether they do. */
export function useCrosshair(): Crosshair {
  const { sync, eventBus } = usePanelContext();
  const isShared = (sync?.() ?? 0) !== 0;
  const [time, setTime] = useState<number>();
  const own = useRef<DataHoverEvent | undefined>(undefined);
  const last = useRef(0);
  useEffect(() => {
    if (!isShared) return undefined;
    const subscription = new Subscription();
    subscription.add(
      eventBus.getStream(DataHoverEvent).subscribe((event) => {
        if (event === own.current || event.origin === eventBus) return;
        const at: unknown = event.payload.point.time;
        setTime(typeof at === 'number' ? at : undefined);
      }),
    );
    subscription.add(eventBus.getStream(DataHoverClearEvent).subscribe(() => setTime(undefined)));
    return () => subscription.unsubscribe();
  }, [eventBus, isShared]);
  const point = useCallback(
    (at: number | undefined) => {
      if (!isShared) return;
      if (at === undefined) {
        eventBus.publish(new DataHoverClearEvent());
        return;
      }
      const now = performance.now();
      if (now - last.current < PAUSE) return;
      last.current = now;
      own.current = new DataHoverEvent({ point: { time: at } });
      eventBus.publish(own.current);
    },
    [eventBus, isShared],
  );
  return { time, point };
}
