import { useMemo } from 'react';
import type { LogSpan } from '../../api/logsClient';
import type { LogFilter } from '../../domain/logs/logFilter';
import { useApp } from '../../kit/app/appContext';
import { useAnswer, type Answer } from '../../kit/answer';
import { useTick } from '../../kit/time/useTick';
import { createLineLoader, type LinePicture } from './lineLoader';

/** New lines are asked for this often while they are followed, milliseconds. */
const LIVE_MS = 2000;

interface Question {
  /** The same object as long as it says the same. */
  readonly filter: LogFilter;
  /** Of now; the same function as long as it means the same. Undefined: lines of any time. */
  readonly span: (() => LogSpan) | undefined;
  readonly wanted: number;
  readonly live: boolean;
  readonly tick: number;
}

/** Lines of the filter, again with every tick; live ones are followed. */
export function useLines({ filter, span, wanted, live, tick }: Question): Answer<LinePicture> {
  const { clients } = useApp();
  const follow = useTick(live ? LIVE_MS : undefined);
  const load = useMemo(
    () => createLineLoader(clients.logs, { filter, span: () => span?.(), wanted, live }),
    [clients, filter, span, wanted, live],
  );
  // Whatever the page's refresh is: lines that are followed have their own.
  return useAnswer(load, live ? -1 - follow.tick : tick);
}
