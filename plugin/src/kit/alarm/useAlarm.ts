import { useCallback, useEffect, useRef, useState } from 'react';

/** Two short tones, Hz, each this long and this loud; soft ends, so that loudspeakers do not crack. */
const TONES = [880, 660] as const;
const SECONDS = 0.18;
const LOUDNESS = 0.25;
const FADE_SECONDS = 0.02;

function sound(audio: AudioContext): void {
  TONES.forEach((frequency, index) => {
    const start = audio.currentTime + index * SECONDS;
    const end = start + SECONDS;
    const tone = new OscillatorNode(audio, { frequency });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUDNESS, start + FADE_SECONDS);
    volume.gain.setValueAtTime(LOUDNESS, end - FADE_SECONDS);
    volume.gain.linearRampToValueAtTime(0, end);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(end);
  });
}

let context: AudioContext | undefined;

/** The one way of this window to make a noise: browsers allow a few, and each wants to be allowed by a press. */
function audioContext(): AudioContext {
  if (!(context instanceof AudioContext) || context.state === 'closed') context = new AudioContext();
  return context;
}

/**
 * Sounds an alarm when a key appears that was not there before; those of the first look are known already, and
 * nothing was looked at while `keys` is undefined. `blocked`
 * while the browser does not let the page make a noise: `allow` belongs to the press of a button.
 */
export function useAlarm(keys: readonly string[] | undefined): {
  readonly blocked: boolean;
  readonly allow: () => void;
} {
  const [audio] = useState(audioContext);
  const [state, setState] = useState(audio.state);
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    const changed = (): void => setState(audio.state);
    audio.addEventListener('statechange', changed);
    return () => audio.removeEventListener('statechange', changed);
  }, [audio]);
  useEffect(() => {
    if (keys === undefined) return;
    const before = known.current;
    known.current = new Set(keys);
    const isNew = before !== undefined && keys.some((key) => !before.has(key));
    // A tone that is asked for while the page is kept silent would come out late.
    if (isNew && audio.state === 'running') sound(audio);
  }, [audio, keys]);
  const allow = useCallback(() => {
    void audio.resume().then(() => sound(audio));
  }, [audio]);
  return { blocked: state !== 'running', allow };
}
