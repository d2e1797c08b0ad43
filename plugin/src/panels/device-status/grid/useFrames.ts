import { type DataFrame, LoadingState, type PanelData } from '@grafana/data';
import { useRef } from 'react';

function areSame(a: readonly DataFrame[], b: readonly DataFrame[]): boolean {
  return a.length === b.length && a.every((frame, index) => frame === b[index]);
}

/**
 * The frames to show. The same array as before while its frames are the same, so that nothing is worked out
 * twice; and while a refresh runs or has failed, the frames of the last answer, so that nothing is blanked.
 */
export function useFrames(data: PanelData): readonly DataFrame[] {
  const shown = useRef<readonly DataFrame[]>([]);
  const isAnswer = data.state === LoadingState.Done || data.state === LoadingState.Streaming;
  if ((data.series.length > 0 || isAnswer) && !areSame(shown.current, data.series))
    shown.current = data.series;
  return shown.current;
}
