import type { LinkEnd } from './link.ts';
import { isWrongVersion } from './end-words.ts';

/** MQTT 3.1.1 (4 on the wire) or 5. */
export type ProtocolVersion = 4 | 5;

/** Every third attempt in a row that ends without a word speaks 3.1.1: once may be a broker that was just starting. */
const SILENT_ROUND = 3;

/** Which version of MQTT the next attempt speaks. */
export interface ProtocolChoice {
  version(): ProtocolVersion;
  /** True while 3.1.1 is spoken only because 5 met silence: the broker may know 5 all the same. */
  isDoubtful(): boolean;
  /** Learns from the end of an attempt or connection; true when 5 was refused and the next attempt may come at once. */
  ended(end: LinkEnd): boolean;
}

/**
 * 5 by preference, because only it knows how long a session lasts. 3.1.1 after the broker refused 5, and now and then
 * while it closes without a word, as old ones do; a connection that ends is followed by another try of 5.
 */
export function createProtocolChoice(): ProtocolChoice {
  let version: ProtocolVersion = 5;
  let silent = 0;

  return {
    version: () => version,
    isDoubtful: () => version === 4 && silent > 0,
    ended: ({ accepted, code, error }) => {
      const spoken = version;
      version = 5;
      if (accepted) {
        silent = 0;
        return false;
      }
      if (code !== undefined && isWrongVersion(code) && spoken === 5) {
        version = 4;
        silent = 0;
        return true;
      }
      if (code !== undefined || error !== undefined) return false;
      silent += 1;
      if (silent % SILENT_ROUND === SILENT_ROUND - 1) version = 4;
      return false;
    },
  };
}
