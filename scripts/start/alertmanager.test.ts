import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { alertmanagerArguments, alertmanagerCommand } from './alertmanager.ts';
import { portsFrom } from './ports.ts';

const folder = temporaryFolder('alertmanager-start');
afterAll(() => folder.remove());

describe('alertmanagerArguments', () => {
  it('listens on loopback and joins no cluster', () => {
    expect(alertmanagerArguments('/c/alertmanager.yml', '/run', 9555)).toEqual([
      '--config.file=/c/alertmanager.yml',
      '--storage.path=/run/alertmanager',
      '--web.listen-address=127.0.0.1:9555',
      '--web.external-url=http://127.0.0.1:9555',
      '--cluster.listen-address=',
      '--data.maintenance-interval=1m',
    ]);
  });
});

describe('alertmanagerCommand', () => {
  it('writes a configuration of the run, which reads the secrets where they lie', () => {
    const secrets = join(folder.path, 'secrets');
    mkdirSync(secrets);
    writeFileSync(join(secrets, 'slack-webhook-url'), 'https://hooks.example.com/secret');
    const { args } = alertmanagerCommand('/a', folder.path, portsFrom({ EXPORTER_PORT: '8055' }), secrets);
    const file = join(folder.path, 'provisioning', 'alertmanager', 'alertmanager.yml');
    expect(args[0]).toBe(`--config.file=${file}`);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('http://127.0.0.1:8055/api/v1/alerts/webhook');
    expect(text).toContain(`slack_api_url_file: ${secrets}/slack-webhook-url`);
    expect(text).not.toContain('hooks.example.com');
  });
});
