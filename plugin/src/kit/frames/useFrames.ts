import { type DataFrame, LoadingState, type PanelData } from '@grafana/data';
import { useRef } from 'react';

function areSame(a: readonly DataFrame[], b: readonly DataFrame[]): boolean {
  return a.length === b.length && a.every((frame, index) => frame === b[index]);
}

/** Frames with the time range that they are the answer for. */
export interface Answer {
  readonly frames: readonly DataFrame[];
  /** Beginning and end of the range, milliseconds since the epoch. */
  readonly from: number;
  readonly end: number;
}

/**
 * The answer to show. The same object as before while its frames are the same, so that nothing is worked out
 * twice; and while a refresh runs or has failed, the last answer, so that nothing is blanked.
 */
export function useFrames(data: PanelData): Answer {
  const shown = useRef<Answer>({ frames: [], from: 0, end: 0 });
  const isAnswer = data.state === LoadingState.Done || data.state === LoadingState.Streaming;
  if ((data.series.length > 0 || isAnswer) && !areSame(shown.current.frames, data.series)) {
    const { from, to } = data.timeRange;
    shown.current = { frames: data.series, from: from.valueOf(), end: to.valueOf() };
  }
  return shown.current;
}
