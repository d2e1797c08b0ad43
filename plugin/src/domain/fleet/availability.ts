import { STATUS_CODES, statusOfCode } from './deviceStatus';

/**
 * How a device, or many together, did over a range. Available is online or warning, in trouble is error or offline.
 * Maintenance is meant and unknown is not measured: neither counts for or against.
 */
export interface Availability {
  readonly availableSeconds: number;
  readonly troubleSeconds: number;
  /** How often trouble began, one that was there at the beginning of the range included. */
  readonly troubles: number;
}

/** Available time of the measured time, 0 to 1; undefined where nothing was measured. */
export function availableShare({ availableSeconds, troubleSeconds }: Availability): number | undefined {
  const measured = availableSeconds + troubleSeconds;
  return measured === 0 ? undefined : availableSeconds / measured;
}

/** Mean time to recover, seconds: one that goes on counts as long as it has lasted. Undefined without any trouble. */
export function meanTimeToRecover({ troubleSeconds, troubles }: Availability): number | undefined {
  return troubles === 0 ? undefined : troubleSeconds / troubles;
}

/** Mean available time between troubles, seconds. Undefined without any trouble. */
export function meanTimeBetween({ availableSeconds, troubles }: Availability): number | undefined {
  return troubles === 0 ? undefined : availableSeconds / troubles;
}

/** All of them as one. */
export function together(all: readonly Availability[]): Availability {
  const sum = (read: (one: Availability) => number): number =>
    all.reduce((total, one) => total + read(one), 0);
  return {
    availableSeconds: sum(({ availableSeconds }) => availableSeconds),
    troubleSeconds: sum(({ troubleSeconds }) => troubleSeconds),
    troubles: sum(({ troubles }) => troubles),
  };
}

/** The worst first: most time in trouble, then most troubles. */
export function compareAvailability(left: Availability, right: Availability): number {
  return right.troubleSeconds - left.troubleSeconds || right.troubles - left.troubles;
}

/** Codes of the statuses that are trouble. */
const TROUBLE: readonly number[] = [STATUS_CODES.error, STATUS_CODES.offline];

/** One time of trouble; times are milliseconds since the epoch. */
export interface Trouble {
  readonly from: number;
  readonly to: number;
  /** The statuses that it had, in their order. */
  readonly statuses: readonly ReturnType<typeof statusOfCode>[];
  /** True where the last point of the series is in it. */
  readonly goesOn: boolean;
}

/** Status codes at times, milliseconds since the epoch, ascending. */
interface Codes {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** The times of trouble in a series, the oldest first. A trouble ends where the next point shows something else. */
export function troublesOf({ times, values }: Codes): Trouble[] {
  const found: Trouble[] = [];
  let open: Trouble | undefined;
  times.forEach((at, index) => {
    const code = values[index];
    if (code === undefined) return;
    if (!TROUBLE.includes(code)) {
      if (open !== undefined) found.push({ ...open, to: at, goesOn: false });
      open = undefined;
      return;
    }
    const status = statusOfCode(code);
    if (open === undefined) open = { from: at, to: at, statuses: [status], goesOn: true };
    else if (open.statuses.at(-1) === status) open = { ...open, to: at };
    else open = { ...open, to: at, statuses: [...open.statuses, status] };
  });
  return open === undefined ? found : [...found, open];
}
