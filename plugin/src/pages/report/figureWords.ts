import { availableShare, meanTimeToRecover, type Availability } from '../../domain/fleet/availability';
import { durationWords } from '../../kit/time/timeWords';
import { shareWords } from '../../kit/words/numbers';

/** Digits of a share: 99.95 % and 99.5 % of a week are hours apart. */
const DIGITS = 2;

/** Available time in percent; undefined where nothing was measured. A share that is not whole is never written as it. */
export function availabilityWords(one: Availability): string | undefined {
  const share = availableShare(one);
  if (share === undefined) return undefined;
  const most = 1 - 0.1 ** (DIGITS + 2);
  return shareWords(share < 1 ? Math.min(share, most) : 1, DIGITS);
}

/** How long it takes until a trouble is over; undefined without any. */
export function recoveryWords(one: Availability): string | undefined {
  const seconds = meanTimeToRecover(one);
  return seconds === undefined ? undefined : durationWords(seconds * 1000);
}
