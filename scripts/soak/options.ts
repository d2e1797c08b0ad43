import { parseArgs } from 'node:util';
import { z } from 'zod';

/** What a run of the soak is to be like. */
export interface SoakOptions {
  /** Milliseconds in which faults are injected; starting and settling come on top. */
  readonly duration: number;
  /** The same seed injects the same faults at the same times. */
  readonly seed: number;
  readonly devices: number;
  /** File for the report in markdown; undefined: it is printed only. */
  readonly report: string | undefined;
  /** Parts of names of faults: only these are injected. Empty: all. */
  readonly only: readonly string[];
}

/** A command line that makes no sense. */
export class UsageError extends Error {}

export const USAGE = `usage: npm run soak -- [--hours 2] [--seed 1] [--devices 20000] [--only broker,api] [--report FILE]

  --hours N      how long faults are injected, fractions allowed (0.1 is a smoke test)
  --seed N       which faults, when and how long
  --devices N    size of the simulated fleet, 20 to 20000
  --only WORDS   only faults whose names have one of the words in them
  --report FILE  writes the result there, in markdown
Ctrl-C ends the injecting, then the checks are made as at the end; a second one has them wait for nothing.`;

const HOUR = 3_600_000;

const schema = z.object({
  hours: z.coerce
    .number('--hours: a number')
    .positive('--hours: more than 0')
    .max(168, '--hours: at most 168'),
  seed: z.coerce.number('--seed: a whole number').int('--seed: a whole number').min(0).max(0xffff_ffff),
  devices: z.coerce.number('--devices: a whole number').int().min(20, '--devices: 20 to 20000').max(20_000),
  only: z.string(),
  report: z.string().optional(),
});

/**
 * Reads the command line.
 * @throws UsageError saying what is wrong
 */
export function parseOptions(args: readonly string[]): SoakOptions {
  const text = (fallback: string) => ({ type: 'string', default: fallback }) as const;
  const options = {
    ...{ hours: text('2'), seed: text('1'), devices: text('20000'), only: text('') },
    report: { type: 'string' },
  } as const;
  let values: unknown;
  try {
    ({ values } = parseArgs({ args: [...args], options, strict: true }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const parsed = schema.safeParse(values);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map(({ message }) => message).join('; '));
  const { hours, seed, devices, only, report } = parsed.data;
  return {
    duration: hours * HOUR,
    seed,
    devices,
    report,
    only: only.split(',').filter((word) => word !== ''),
  };
}
