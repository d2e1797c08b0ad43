import { expect, it } from '@jest/globals';
import { createTurns } from './turns.ts';

it('does one piece of work after another, also after one that fails', async () => {
  const inTurn = createTurns();
  const gate = Promise.withResolvers<undefined>();
  const seen: string[] = [];
  const first = inTurn(async () => {
    await gate.promise;
    seen.push('first');
    throw new Error('no');
  });
  const second = inTurn(() => {
    seen.push('second');
    return Promise.resolve(2);
  });
  gate.resolve(undefined);
  await expect(first).rejects.toThrow('no');
  expect(await second).toBe(2);
  expect(seen).toEqual(['first', 'second']);
});
