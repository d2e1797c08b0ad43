import { messageOf } from '../base/errors.ts';
import type { QuietLog } from './quiet-log.ts';

/**
 * Does what only watches a request: traces and counts. What it throws is told in the log and stands in nobody's way; the
 * other value is taken instead.
 */
export type Guard = <T>(what: string, work: () => T, otherwise: T) => T;

export function createGuard(warn: QuietLog): Guard {
  return (what, work, otherwise) => {
    try {
      return work();
    } catch (error) {
      warn(`guard ${what}`, { what, error: messageOf(error) }, 'the gateway passes requests without this');
      return otherwise;
    }
  };
}
