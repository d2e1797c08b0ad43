import type { Clock } from '../base/clock.ts';
import type { Logger } from '../log/logger.ts';

/** Milliseconds between two lines about the same. */
const PAUSE = 10_000;

/** Warns of what may happen with every request: at once, and then a line every ten seconds that counts. */
export type QuietLog = (about: string, fields: object, message: string) => void;

/** `about` must be one of few words: each is remembered. */
export function createQuietLog(logger: Pick<Logger, 'warn'>, clock: Clock): QuietLog {
  const told = new Map<string, { at: number; unsaid: number }>();
  return (about, fields, message) => {
    const now = clock.monotonic();
    const before = told.get(about);
    if (before !== undefined && now - before.at < PAUSE) {
      before.unsaid += 1;
      return;
    }
    told.set(about, { at: now, unsaid: 0 });
    logger.warn({ ...fields, ...(before?.unsaid ? { timesBefore: before.unsaid } : {}) }, message);
  };
}
