import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/support/server.ts';
import { silentLogger } from '../log/logger.ts';
import { lockFolder } from './folder-lock.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder('lock');
});
afterEach(() => folder.remove());

describe('lockFolder', () => {
  it('says who holds the folder, and lets the next have it afterwards', () => {
    const first = lockFolder(folder.path, '127.0.0.1:8001', silentLogger());
    expect(() => lockFolder(folder.path, ':8002', silentLogger())).toThrow(
      new RegExp(
        `^state folder ${folder.path} is in use by another exporter \\(process ${process.pid} on .*, listening on ` +
          '127.0.0.1:8001, since .*\\): stop that one, or set VALTRONICS_STATE_DIR',
      ),
    );
    first.release();
    lockFolder(folder.path, ':8002', silentLogger()).release();
  });

  it('leaves nothing that others can read', () => {
    lockFolder(folder.path, ':8001', silentLogger()).release();
    const modes = readdirSync(folder.path).map((name) => statSync(join(folder.path, name)).mode & 0o777);
    expect(modes).toEqual(modes.map(() => 0o600));
    expect(modes.length).toBeGreaterThan(0);
  });

  it('says so, too, when the holder left no name', () => {
    const first = lockFolder(folder.path, ':8001', silentLogger());
    writeFileSync(join(folder.path, 'in-use.json'), 'x');
    expect(() => lockFolder(folder.path, ':8002', silentLogger())).toThrow('by another exporter: stop');
    first.release();
  });

  it('goes on where a folder cannot be locked', () => {
    const lock = lockFolder(join(folder.path, 'missing'), ':8001', silentLogger());
    lock.release();
  });
});
