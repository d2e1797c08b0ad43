/** What a page with sound did. */
export interface FakeAudio {
  /** Tones that were started. */
  tones: number;
  /** Contexts that were made. */
  contexts: number;
}

class FakeNode {
  readonly gain = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
  connect<T>(next: T): T {
    return next;
  }
  stop() {}
}

/** Puts Web Audio, which jsdom lacks, into place: `suspended` until a page asks to resume. */
export function installFakeAudio(start: AudioContextState): FakeAudio {
  const audio: FakeAudio = { tones: 0, contexts: 0 };
  class FakeContext extends EventTarget {
    constructor() {
      super();
      audio.contexts += 1;
    }
    state = start;
    readonly currentTime = 0;
    readonly destination = new FakeNode();
    resume(): Promise<void> {
      this.state = 'running';
      this.dispatchEvent(new Event('statechange'));
      return Promise.resolve();
    }
  }
  class FakeOscillator extends FakeNode {
    start() {
      audio.tones += 1;
    }
  }
  Object.assign(globalThis, {
    AudioContext: FakeContext,
    GainNode: FakeNode,
    OscillatorNode: FakeOscillator,
  });
  return audio;
}
