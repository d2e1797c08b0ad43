import { describe, expect, it } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/support/server.ts';
import { SettingsError } from './errors.ts';
import { loadSettings } from './load.ts';

function errorsOf(environment: Record<string, string>, file?: string): readonly string[] {
  try {
    loadSettings(environment, file);
  } catch (error) {
    if (error instanceof SettingsError) return error.lines;
    throw error;
  }
  return [];
}

async function withFile<T>(content: string, use: (path: string, folder: string) => T): Promise<T> {
  const folder = temporaryFolder('config');
  try {
    const path = join(folder.path, 'config.yml');
    writeFileSync(path, content);
    return use(path, folder.path);
  } finally {
    await folder.remove();
  }
}

describe('loadSettings', () => {
  it('has a default for everything and needs no source', () => {
    const { settings, warnings } = loadSettings({});
    expect(settings.listen).toBe('0.0.0.0:8001');
    expect(settings.offline_after).toBe(300_000);
    expect(settings.max_devices).toBe(100_000);
    expect(settings.external_labels).toEqual(['cluster', 'region', 'replica']);
    expect(settings.api.url).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('reads durations, lists and numbers from the environment', () => {
    const { settings } = loadSettings({
      VALTRONICS_OFFLINE_AFTER: '1h30m',
      VALTRONICS_LOG_PATHS: '/var/log/a*.log, /var/log/b.log,',
      VALTRONICS_MAX_DEVICES: '20',
      VALTRONICS_MQTT_URL: 'mqtt://u:p@broker:1883',
    });
    expect(settings.offline_after).toBe(5_400_000);
    expect(settings.log.paths).toEqual(['/var/log/a*.log', '/var/log/b.log']);
    expect(settings.max_devices).toBe(20);
    expect(settings.mqtt.url).toBe('mqtt://u:p@broker:1883');
  });

  it('takes an empty variable as unset', () => {
    expect(loadSettings({ VALTRONICS_API_URL: '', VALTRONICS_MAX_DEVICES: '' }).settings.max_devices).toBe(
      100_000,
    );
  });

  it('names option, value and what is allowed, and reports everything at once', () => {
    const lines = errorsOf({ VALTRONICS_MAX_DEVICES: 'many', VALTRONICS_OFFLINE_AFTER: '1y' });
    expect(lines).toEqual([
      'VALTRONICS_MAX_DEVICES: "many" is not allowed: a whole number from 1 to 1000000',
      'VALTRONICS_OFFLINE_AFTER: "1y" is not allowed: a duration such as 30s, 5m or 1h30m, from 10s to 7d',
    ]);
  });

  it('never prints a secret', () => {
    const text = [
      ...errorsOf({ VALTRONICS_DATABASE_URL: 'mysql://u:hunter2@db/x' }),
      ...errorsOf({ VALTRONICS_TOKEN: 'hunter2' }),
    ].join('\n');
    expect(text).toContain('secret, not shown');
    expect(text).not.toContain('hunter2');
  });

  it.each([
    ['MQTT', 'mqtt://e:50%off@h', 'must have no bare % in the password: write %25 in place of %'],
    ['MQTT', 'mqtt://e:hunter#2@h', 'must have no bare # in user or password: write %23 in place of #'],
    ['DATABASE', 'postgres://a:hunter2@h1,h2/x', 'must name one host: several, with commas,'],
    ['API', 'http://u:hunter/2@h', 'must have no bare / in user or password: write %2F in place of /'],
    ['REDIS', 'redis://:hunter?2@h', 'must have no bare ? in user or password: write %3F in place of ?'],
    ['ALERTMANAGER', 'http://u:hunter%2@h', 'must have no bare % in the password'],
  ])('says what is wrong with the URL of %s: %s', (source, url, words) => {
    const [line = ''] = errorsOf({ [`VALTRONICS_${source}_URL`]: url });
    expect(line).toContain(
      `VALTRONICS_${source}_URL: the value (secret, not shown) is not allowed: ${words}`,
    );
    expect(line).not.toContain('hunter');
  });

  it('takes the socket form of PostgreSQL', () => {
    const url = 'postgresql://u:p@/db?host=/run/postgresql';
    expect(loadSettings({ VALTRONICS_DATABASE_URL: url }).settings.database.url).toBe(url);
  });

  it('explains options that depend on each other', () => {
    expect(errorsOf({ VALTRONICS_SHARD: '3' })).toEqual([
      'VALTRONICS_SHARD: "3" is not allowed: must be less than total_shards',
    ]);
    expect(errorsOf({ VALTRONICS_TOTAL_SHARDS: '2', VALTRONICS_MQTT_SHARED_GROUP: 'g' })).toEqual([
      expect.stringContaining(
        'VALTRONICS_MQTT_SHARED_GROUP: "g" is not allowed: does not go together with total_shards',
      ),
    ]);
    expect(errorsOf({ VALTRONICS_TELEMETRY_SOURCE: 'mqtt' })).toEqual([
      'VALTRONICS_TELEMETRY_SOURCE: "mqtt" is not allowed: mqtt needs mqtt.url',
    ]);
  });

  it('warns about a variable that it does not know', () => {
    expect(loadSettings({ VALTRONICS_MAX_DEVISES: '5', HOME: '/' }).warnings).toEqual([
      'VALTRONICS_MAX_DEVISES is not a setting of this version and has no effect',
    ]);
  });
});

describe('secrets from files', () => {
  it('reads VALTRONICS_…_FILE without its line end', async () => {
    await withFile('correct-horse\n', (path) => {
      expect(loadSettings({ VALTRONICS_TOKEN_FILE: path }).settings.token).toBe('correct-horse');
    });
  });

  it('refuses both spellings at once and an unreadable file', () => {
    expect(errorsOf({ VALTRONICS_TOKEN: 'long-enough', VALTRONICS_TOKEN_FILE: '/x' })[0]).toContain(
      'both set',
    );
    expect(errorsOf({ VALTRONICS_TOKEN_FILE: '/does/not/exist' })[0]).toMatch(
      /^VALTRONICS_TOKEN_FILE: cannot be read/,
    );
  });

  it('takes name_file in YAML relative to the file', async () => {
    await withFile('database:\n  url_file: secrets/url\n', (path, folder) => {
      mkdirSync(join(folder, 'secrets'));
      writeFileSync(join(folder, 'secrets', 'url'), 'postgresql://u:p@db/x\r\n');
      expect(loadSettings({}, path).settings.database.url).toBe('postgresql://u:p@db/x');
    });
  });
});

describe('the YAML file', () => {
  it('is overruled by the environment', async () => {
    await withFile('max_devices: 7\napi:\n  url: http://a:8000\n', (path) => {
      const { settings } = loadSettings({ VALTRONICS_MAX_DEVICES: '8' }, path);
      expect(settings.max_devices).toBe(8);
      expect(settings.api.url).toBe('http://a:8000');
    });
  });

  it.each([
    ['apii: {url: x}', /no option apii/],
    ['api: {ur: http://x}', /no option api\.ur; did you mean api\.url\?/],
    ['api: [1]', /no option api\b/],
    ['- a', /must be a mapping/],
    ['api: {url: http://a, url: http://b}', /unique/],
    ['a: b: c', /config\.yml: .*line 1/],
    ['token_file: 5', /must be the path of a file/],
    ['max_devices: []', /max_devices: \[\] is not allowed/],
    ['__proto__: {url: x}', /no option/],
    [
      '# x\nmax_devices: true',
      /^config\.yml, line 2, column 14: max_devices: true is not allowed: a whole number/,
    ],
    ['shard: false', /^config\.yml, line 1, column 8: shard: false is not allowed/],
    ['max_devices: "0x10"', /max_devices: "0x10" is not allowed/],
    ['max_devices: 1.5', /max_devices: 1\.5 is not allowed/],
    ['max_devices: ""', /max_devices: "" is not allowed/],
    ['max_devices: -1', /max_devices: -1 is not allowed/],
    ['limits:\n  topics: 1e9', /line 2, column 11: limits\.topics: 1000000000 is not allowed/],
    ['alerts: {enabled: 1}', /alerts\.enabled: 1 is not allowed: true or false/],
    ['offline_after: 300', /offline_after: 300 is not allowed: a duration/],
  ])('refuses %s', async (content, expected) => {
    await withFile(content, (path) => {
      expect(errorsOf({}, path).join('\n')).toMatch(expected);
    });
  });

  it('may be empty or hold only empty sections', async () => {
    await withFile('# nothing\napi:\n', (path) => {
      expect(loadSettings({}, path).settings.api.timeout).toBe(5000);
    });
  });

  it('that is missing is named', () => {
    expect(errorsOf({}, '/does/not/exist.yml')[0]).toMatch(/^\/does\/not\/exist\.yml: cannot be read/);
  });
});
