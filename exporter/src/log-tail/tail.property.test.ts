import { copyFileSync, existsSync, renameSync, truncateSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type TailFixture, tailFixture } from '../../test/log-tail/tail-fixture.ts';

type Step =
  | { readonly do: 'write'; readonly lines: number }
  | { readonly do: 'halfLine' | 'poll' | 'rename' | 'cut' | 'restart' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('write' as const), lines: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('halfLine' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('poll' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rename' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

/** Writes numbered lines into a log and rotates it; knows what a perfect reader must deliver. */
async function play(logs: TailFixture, pattern: string, steps: readonly Step[]): Promise<string[]> {
  const written: string[] = [];
  let pending = '';
  let rotations = 0;
  const options = { maxLineBytes: 64, sliceBytes: 256 };
  const nextLine = (): string => {
    const line = `line ${written.length} ${'ä'.repeat(written.length % 9)}`;
    written.push(line);
    return line;
  };
  const finishLine = (): void => {
    if (pending !== '') logs.append('access.log', `${pending}\n`);
    pending = '';
  };

  logs.append('access.log', '');
  logs.open(pattern, options);
  await logs.poll();
  for (const action of steps) {
    switch (action.do) {
      case 'write':
        finishLine();
        for (let count = 0; count < action.lines; count++) {
          logs.append('access.log', `${nextLine()}\n`);
        }
        break;
      case 'halfLine': {
        finishLine();
        const line = nextLine();
        pending = line.slice(4);
        logs.append('access.log', line.slice(0, 4));
        break;
      }
      case 'poll':
        await logs.poll();
        break;
      case 'rename':
        finishLine();
        // Under the one name only the last rotated file can be found again.
        await logs.poll();
        for (let index = rotations; index > 0; index--)
          renameSync(logs.path(`access.log.${index}`), logs.path(`access.log.${index + 1}`));
        renameSync(logs.path('access.log'), logs.path('access.log.1'));
        rotations++;
        logs.append('access.log', '');
        break;
      case 'cut':
        finishLine();
        // What is cut before it was read is lost by this kind of rotation, so the reader is let up first.
        await logs.poll();
        truncateSync(logs.path('access.log'));
        break;
      case 'restart':
        await logs.stop();
        logs.open(pattern, options);
        break;
    }
  }
  finishLine();
  await logs.poll();
  return written;
}

describe('a tail', () => {
  it.each(['access.log', 'access.log*'])(
    'delivers each line once through any history, in order (%s)',
    async (pattern) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const logs = tailFixture();
          try {
            const written = await play(logs, pattern, steps);
            const taken = logs.taken();
            // Two files of a glob that changed within one tick of the clock have no order.
            if (pattern === 'access.log') expect(taken).toEqual(written);
            expect(taken.sort()).toEqual(written.sort());
          } finally {
            await logs.remove();
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  it('loses nothing when the log is copied and cut between two looks', async () => {
    const batches = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(batches, async (sizes) => {
        const logs = tailFixture();
        try {
          logs.append('access.log', '');
          logs.open('access.log*');
          await logs.poll();
          const written: string[] = [];
          for (const [round, size] of sizes.entries()) {
            for (let index = 0; index < size; index++) {
              written.push(`round ${round} line ${index}`);
              logs.append('access.log', `${String(written.at(-1))}\n`);
            }
            if (round % 2 === 0) await logs.poll();
            else {
              copyFileSync(logs.path('access.log'), logs.path(`access.log.${round}`));
              truncateSync(logs.path('access.log'));
            }
          }
          await logs.poll();
          expect(existsSync(logs.path('access.log.1'))).toBe(true);
          expect(logs.taken().sort()).toEqual(written.sort());
        } finally {
          await logs.remove();
        }
      }),
      { numRuns: 40 },
    );
  }, 300_000);
});
