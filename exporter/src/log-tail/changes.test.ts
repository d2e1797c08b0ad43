import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHook } from 'node:async_hooks';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/support/server.ts';
import { silentLogger } from '../log/logger.ts';
import { createChanges } from './changes.ts';

describe('changes', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let file = '';
  let watchers = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'FSEVENTWRAP') watchers += 1;
    },
  });
  beforeEach(() => {
    folder = temporaryFolder('changes');
    file = join(folder.path, 'access.log');
    writeFileSync(file, '');
    watchers = 0;
    hook.enable();
  });
  afterEach(async () => {
    hook.disable();
    await folder.remove();
  });

  it('end a rest early and are taken once', async () => {
    const changes = createChanges(true, silentLogger());
    changes.follow([file]);
    appendFileSync(file, 'x');
    await changes.rest(600_000);
    expect([...changes.take()]).toEqual([file]);
    expect(changes.take().size).toBe(0);
    changes.stop();
    expect(watchers).toBe(1);
  });

  it('are watched no more after the stop, though a look that was under way still asks for it', async () => {
    const changes = createChanges(true, silentLogger());
    changes.stop();
    changes.follow([file]);
    await changes.rest(600_000);
    expect(watchers).toBe(0);
  });
});
