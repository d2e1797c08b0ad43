/** How often a candidate is measured unless the bench says otherwise. */
export const ROUNDS = 9;
const WARM_UP_ROUNDS = 3;

/** The work of one measurement; its result is thrown away. */
export type Work = () => unknown;

/** The middle of the numbers; the lower one of two. Throws a RangeError when there are none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new RangeError('the median of nothing');
  return middle;
}

/** CPU milliseconds (user and system, every thread of this process) that the work takes. */
export async function cpuMilliseconds(work: Work): Promise<number> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * Measures candidates against each other: every round runs each of them once, so that a noisy neighbour
 * hits all alike. Warm-up rounds are not counted. Returns the median CPU milliseconds by name.
 */
export async function compareCpu<K extends string>(
  candidates: Readonly<Record<K, Work>>,
  rounds = ROUNDS,
): Promise<(name: K) => number> {
  const entries = Object.entries<Work>(candidates);
  const taken = new Map<string, number[]>(entries.map(([name]) => [name, []]));
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    for (const [name, work] of entries) {
      const milliseconds = await cpuMilliseconds(work);
      if (round >= 0) taken.get(name)?.push(milliseconds);
    }
  }
  return (name) => median(taken.get(name) ?? []);
}

/** Bytes in use on the heap and outside it (typed arrays, buffers) after garbage collection; needs --expose-gc. */
export async function heapBytes(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error('run this bench with node --expose-gc');
  for (let pass = 0; pass < 3; pass += 1) {
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Runs the work under a 1 ms timer and returns the longest time, in milliseconds, that the timer had to wait. */
export async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(tick, 1);
  try {
    await work();
    tick();
  } finally {
    clearInterval(timer);
  }
  return longest;
}
