import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { attempt } from './attempt.ts';
import type { Collector } from './collector.ts';

setFlagsFromString('--expose-gc');
/** Node gives access to its garbage collector by a flag only. */
const collectGarbage = z.function({ input: [], output: z.void() }).parse(runInNewContext('gc'));

const collector: Collector = {
  name: 'api',
  target: 'api://test',
  collect: ({ signal }) => {
    signal.addEventListener('abort', () => undefined);
    return Promise.resolve(() => undefined);
  },
  withdraw: () => undefined,
};

async function heapAfter(attempts: number): Promise<number> {
  for (let i = 0; i < attempts; i++) await attempt(collector, 5000).outcome;
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('attempt', () => {
  it('leaves nothing behind', async () => {
    const before = await heapAfter(5_000);
    const after = await heapAfter(100_000);
    expect((after - before) / 100_000).toBeLessThan(20);
  });
});
