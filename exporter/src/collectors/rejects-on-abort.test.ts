import { describe, expect, it } from '@jest/globals';
import { rejectsOnAbort } from './rejects-on-abort.ts';

describe('rejectsOnAbort', () => {
  it('rejects with the reason, now or later', async () => {
    await expect(rejectsOnAbort(AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
    const controller = new AbortController();
    const waiting = rejectsOnAbort(controller.signal);
    controller.abort(new Error('later'));
    await expect(waiting).rejects.toThrow('later');
  });

  it('makes an error of a reason that is none', async () => {
    await expect(rejectsOnAbort(AbortSignal.abort('text'))).rejects.toThrow('aborted');
  });
});
