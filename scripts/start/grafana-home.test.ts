import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { grafanaHome, serverArguments } from './grafana-home.ts';

const folder = temporaryFolder('grafana-home');
afterAll(() => folder.remove());

/** An unpacked Grafana: its binary's path. */
function unpack(name: string, withHome = true): string {
  const home = join(folder.path, name);
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin', 'grafana'), '');
  if (withHome) {
    mkdirSync(join(home, 'conf'));
    writeFileSync(join(home, 'conf', 'defaults.ini'), '');
  }
  return join(home, 'bin', 'grafana');
}

describe('grafanaHome', () => {
  it('is what GRAFANA_HOME says, when that is one', () => {
    const binary = unpack('a');
    unpack('b');
    expect(grafanaHome(binary, { GRAFANA_HOME: join(folder.path, 'b') })).toBe(join(folder.path, 'b'));
    expect(() => grafanaHome(binary, { GRAFANA_HOME: '/nowhere' })).toThrow(
      'GRAFANA_HOME: /nowhere has no conf/defaults.ini',
    );
  });

  it('is the folder around the binary, also through a link', () => {
    const binary = unpack('c');
    const link = join(folder.path, 'linked');
    symlinkSync(binary, link);
    expect(grafanaHome(link, {})).toBe(join(folder.path, 'c'));
  });

  it('is where packages put it, for a binary on its own', () => {
    const binary = unpack('d', false);
    unpack('e');
    expect(grafanaHome(binary, {}, ['/nowhere', join(folder.path, 'e')])).toBe(join(folder.path, 'e'));
    expect(() => grafanaHome(binary, {}, [])).toThrow(`was not found beside ${binary}: set GRAFANA_HOME`);
  });
});

describe('serverArguments', () => {
  it('names the subcommand for grafana and not for grafana-server', () => {
    expect(serverArguments('/x/grafana', '/h')).toEqual(['server', '--homepath=/h']);
    expect(serverArguments('/x/grafana-server', '/h')).toEqual(['--homepath=/h']);
  });
});
