import { type DataFrame, LoadingState, type PanelData } from '@grafana/data';
import { useRef } from 'react';

function areSame(a: readonly DataFrame[], b: readonly DataFrame[]): boolean {
  return a.length === b.length && a.every((frame, index) => frame === b[index]);
}

/** Frames with the time range that they are the answer for. */
export interface Answer {
  readonly frames: readonly DataFrame[];
  /** End of the range, milliseconds since the epoch. */
  readonly end: number;
}

/**
 * The answer to show. The same object as before while its frames are the same, so that nothing is worked out
 * twice; and while a refresh runs or has failed, the last answer, so that nothing is blanked.
 */
export function useFrames(data: PanelData): Answer {
  const shown = useRef<Answer>({ frames: [], end: 0 });
  const isAnswer = data.state === LoadingState.Done || data.state === LoadingState.Streaming;
  if ((data.series.length > 0 || isAnswer) && !areSame(shown.current.frames, data.series)) {
    shown.current = { frames: data.series, end: data.timeRange.to.valueOf() };
  }
  return shown.current;
}
