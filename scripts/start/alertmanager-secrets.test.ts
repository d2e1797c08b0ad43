import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { alertmanagerSecrets } from './alertmanager-secrets.ts';

const folder = temporaryFolder('secrets');
const secrets = join(folder.path, 'secrets');
beforeEach(() => {
  rmSync(secrets, { recursive: true, force: true });
  mkdirSync(secrets);
});
afterAll(() => folder.remove());

describe('alertmanagerSecrets', () => {
  it('knows none where there is no folder', () => {
    expect(alertmanagerSecrets(join(folder.path, 'nowhere'))).toEqual({
      given: new Set(),
      watchdogUrl: undefined,
    });
  });

  it('names the files and reads the watchdog’s address', () => {
    writeFileSync(join(secrets, 'slack-webhook-url'), 'secret');
    writeFileSync(join(secrets, 'watchdog-url'), 'https://hc.example.com/uuid\n');
    expect(alertmanagerSecrets(secrets)).toEqual({
      given: new Set(['slack-webhook-url', 'watchdog-url']),
      watchdogUrl: 'https://hc.example.com/uuid',
    });
  });

  it('refuses a watchdog without an address, naming the file', () => {
    writeFileSync(join(secrets, 'watchdog-url'), 'later');
    expect(() => alertmanagerSecrets(secrets)).toThrow(`${join(secrets, 'watchdog-url')} holds no URL`);
  });

  it('does not take a file for a folder', () => {
    writeFileSync(join(secrets, 'file'), '');
    expect(() => alertmanagerSecrets(join(secrets, 'file'))).toThrow('ENOTDIR');
  });
});
