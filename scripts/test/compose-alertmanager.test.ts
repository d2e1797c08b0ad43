import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AMTOOL, describeWith } from '../../exporter/test/support/require.ts';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { ROOT } from '../start/run-folder.ts';
import { ALERTMANAGER_FOLDER } from './support/alertmanager.ts';
import { COMPOSE } from './support/compose.ts';
import { run } from './support/prometheus.ts';

const service = COMPOSE.services['alertmanager-config'];
const PLACES = { '/etc/alertmanager': 'etc', '/run/valtronics': 'run' } as const;

/** The service as its container runs it: /app with the scripts and the exporter's modules, and no package file. */
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder('compose-alertmanager');
  cpSync(join(ROOT, 'scripts'), join(folder.path, 'app', 'scripts'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder.path, 'app', 'node_modules'), 'dir');
  cpSync(ALERTMANAGER_FOLDER, join(folder.path, 'etc'), {
    recursive: true,
    filter: (source) => !source.endsWith('secrets'),
  });
  mkdirSync(join(folder.path, 'run'));
});
afterEach(() => folder.remove());

/** The command with the container's folders replaced by the test's. */
function write(args: readonly string[] = service?.command?.slice(1) ?? []) {
  const here = args.map((argument) =>
    Object.entries(PLACES).reduce((text, [from, to]) => text.replace(from, join(folder.path, to)), argument),
  );
  return spawnSync(process.execPath, here, {
    cwd: join(folder.path, 'app'),
    env: { PATH: '' },
    encoding: 'utf8',
  });
}
const written = (): string => readFileSync(join(folder.path, 'run', 'alertmanager.yml'), 'utf8');

describe('service alertmanager-config', () => {
  it('writes what service alertmanager reads', () => {
    expect(service?.command?.[0]).toBe('node');
    expect(COMPOSE.services['alertmanager']?.command).toContain(
      '--config.file=/run/valtronics/alertmanager.yml',
    );
    const { status, stdout, stderr } = write();
    expect([status, stderr.replaceAll(/.*(?:Warning|trace-warnings).*\n/g, '')]).toEqual([0, '']);
    expect(stdout).toContain('secrets: none');
    expect(written()).toContain('url: http://exporter:8001/api/v1/alerts/webhook');
    expect(written()).toContain(`credentials_file: ${join(folder.path, 'run', 'token')}`);
  });

  it('takes the secrets that are there', () => {
    mkdirSync(join(folder.path, 'etc', 'secrets'));
    writeFileSync(join(folder.path, 'etc', 'secrets', 'pagerduty-routing-key'), 'x');
    writeFileSync(join(folder.path, 'etc', 'secrets', 'watchdog-url'), 'https://hc.example.com/1\n');
    expect(write().stdout).toContain('secrets: pagerduty-routing-key, watchdog-url');
    expect(written()).toContain(
      `routing_key_file: ${join(folder.path, 'etc', 'secrets')}/pagerduty-routing-key`,
    );
    expect(written()).toContain('url: https://hc.example.com/1');
    expect(written()).not.toContain('slack_configs');
  });

  it('writes nothing and says how it is called when a word is missing', () => {
    const { status, stderr } = write(['scripts/alertmanager-config.ts', '--from=/etc/alertmanager']);
    expect(status).toBe(2);
    expect(stderr).toContain('usage: ');
    expect(existsSync(join(folder.path, 'run', 'alertmanager.yml'))).toBe(false);
  });
});

describeWith([AMTOOL], 'amtool', () => {
  it.each([[[]], [['pagerduty-routing-key', 'slack-webhook-url', 'smtp-password', 'watchdog-url']]])(
    'accepts the configuration with the secrets %j',
    (names) => {
      mkdirSync(join(folder.path, 'etc', 'secrets'));
      for (const name of names)
        writeFileSync(join(folder.path, 'etc', 'secrets', name), 'https://x.example.com');
      write();
      const { status, output } = run(
        'amtool',
        ['check-config', 'alertmanager.yml'],
        join(folder.path, 'run'),
      );
      expect([status, output]).toEqual([0, output]);
      expect(output).toContain('1 templates');
    },
  );
});
