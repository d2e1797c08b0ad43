import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/support/server.ts';
import { type Logger, silentLogger } from '../log/logger.ts';
import { checkStateFolder, openStateStore } from './file-state-store.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder('state');
});
afterEach(async () => {
  await folder.remove();
});

function recordingLogger(): Logger & { readonly said: { fields: object; message: string }[] } {
  const said: { fields: object; message: string }[] = [];
  return { ...silentLogger(), error: (fields, message) => void said.push({ fields, message }), said };
}

describe('openStateStore', () => {
  it('makes the folder for its own user alone', () => {
    const path = join(folder.path, 'a', 'b');
    openStateStore(path, silentLogger());
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('says what to do when the folder is none', () => {
    const path = join(folder.path, 'file');
    writeFileSync(path, '');
    expect(() => openStateStore(path, silentLogger())).toThrow(
      /^state folder .*\/file cannot be used \(not a folder\): make it writable .*VALTRONICS_STATE_DIR/,
    );
    expect(() => openStateStore(join(path, 'below'), silentLogger())).toThrow(/not a folder/);
  });

  it.each(['/proc/valtronics', '/proc/valtronics/state', '/proc/self/fd/state'])(
    'says so of %s, where nobody can make one',
    (path) => expect(() => openStateStore(path, silentLogger())).toThrow(/cannot be used \(E/),
  );

  it('is looked at without being made', () => {
    const path = join(folder.path, 'a', 'b');
    checkStateFolder(path);
    expect(existsSync(join(folder.path, 'a'))).toBe(false);
    writeFileSync(join(folder.path, 'file'), '');
    expect(() => checkStateFolder(join(folder.path, 'file', 'state'))).toThrow(/not a folder/);
  });

  it('says what to do when the folder is not writable', () => {
    const closed = join(folder.path, 'closed');
    mkdirSync(closed);
    chmodSync(folder.path, 0o755);
    chmodSync(closed, 0o555);
    // Root may write anywhere, so that the child gives up being root before it tries.
    const script = `
      const { openStateStore } = await import(${JSON.stringify(new URL('./file-state-store.ts', import.meta.url).href)});
      if (process.getuid() === 0) process.setuid(65534);
      for (const path of process.argv.slice(1)) try { openStateStore(path); } catch (error) { console.log(error.message); }`;
    const run = spawnSync(process.execPath, [
      '--input-type=module',
      '-e',
      script,
      closed,
      join(closed, 'below'),
    ]);
    expect(run.stderr.toString()).toBe('');
    expect(run.stdout.toString()).toBe(
      [closed, join(closed, 'below')]
        .map(
          (path) =>
            `state folder ${path} cannot be used (EACCES): make it writable for the exporter's user, or set VALTRONICS_STATE_DIR to another folder\n`,
        )
        .join(''),
    );
  });
});

describe('a document', () => {
  it('comes back as it was written, also in the next run', async () => {
    const document = { text: 'ü🙂\n', list: [1, null, { deep: true }] };
    const store = openStateStore(folder.path, silentLogger());
    expect(store.read('fleet-1')).toBeUndefined();
    await store.write('fleet-1', document);
    expect(store.read('fleet-1')).toEqual(document);
    expect(openStateStore(folder.path, silentLogger()).read('fleet-1')).toEqual(document);
    expect(readdirSync(folder.path)).toEqual(['fleet-1.json']);
    expect(statSync(join(folder.path, 'fleet-1.json')).mode & 0o777).toBe(0o600);
  });

  it('is what was written last, however many writings overlap, each as it was at its time', async () => {
    const store = openStateStore(folder.path, silentLogger());
    const document = { count: 0 };
    const writings = Array.from({ length: 50 }, (_, count) => {
      document.count = count;
      return store.write('counter', document);
    });
    document.count = -1;
    await Promise.all(writings);
    expect(store.read('counter')).toEqual({ count: 49 });
  });

  it.each(['', '{"a":', 'not json', '\u0000\u0000'])(
    'that is damaged (%j) is kept aside and said',
    async (text) => {
      const path = join(folder.path, 'fleet.json');
      writeFileSync(path, text);
      const logger = recordingLogger();
      const store = openStateStore(folder.path, logger);
      expect(store.read('fleet')).toBeUndefined();
      const [aside] = readdirSync(folder.path);
      expect(aside).toMatch(/^fleet\.damaged-\d{8}T\d{6}\.\d{3}Z$/);
      expect(readFileSync(join(folder.path, aside ?? ''), 'utf8')).toBe(text);
      expect(logger.said).toEqual([
        {
          fields: expect.objectContaining({ file: path, keptAs: join(folder.path, aside ?? '') }),
          message: 'state document is damaged and was kept aside; the exporter starts without it',
        },
      ]);
      await store.write('fleet', { fresh: true });
      expect(store.read('fleet')).toEqual({ fresh: true });
    },
  );

  it('that cannot be read is no missing one', () => {
    mkdirSync(join(folder.path, 'fleet.json'));
    const store = openStateStore(folder.path, silentLogger());
    expect(() => store.read('fleet')).toThrow(
      /fleet\.json cannot be read \(EISDIR\): give it back .* or remove it/,
    );
    expect(() => checkStateFolder(folder.path)).toThrow(
      /fleet\.json cannot be read \(not a file\): give it back .* or remove it/,
    );
  });

  it('stays as it was when the new one cannot be written, and the next writing succeeds', async () => {
    const store = openStateStore(folder.path, silentLogger());
    await store.write('fleet', 'old');
    mkdirSync(join(folder.path, 'fleet.json.tmp'));
    await expect(store.write('fleet', 'new')).rejects.toThrow(
      /fleet\.json cannot be written \(EISDIR\): the old one stays/,
    );
    expect(store.read('fleet')).toBe('old');
    expect(store.problem()).toMatch(/^state folder .* cannot be written \(EISDIR\)/);
    await folder.remove();
    mkdirSync(folder.path);
    await store.write('fleet', 'newer');
    expect(store.read('fleet')).toBe('newer');
    expect(store.problem()).toBeUndefined();
  });

  it.each(['', '../etc', 'a/b', 'A', '.hidden'])('has no name %j', async (name) => {
    const store = openStateStore(join(folder.path, 'inner'), silentLogger());
    expect(() => store.read(name)).toThrow(RangeError);
    await expect(store.write(name, {})).rejects.toThrow(RangeError);
    expect(existsSync(join(folder.path, 'inner', `${name}.json`))).toBe(false);
  });

  it('is replaced even when a killed writing left its file behind', async () => {
    writeFileSync(join(folder.path, 'fleet.json.tmp'), '{"half":');
    const store = openStateStore(folder.path, silentLogger());
    await store.write('fleet', 'whole');
    expect(store.read('fleet')).toBe('whole');
    expect(readdirSync(folder.path)).toEqual(['fleet.json']);
  });
});
