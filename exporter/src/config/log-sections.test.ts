import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettingsError } from './errors.ts';
import { loadSettings } from './load.ts';

function problemsOf(environment: Record<string, string>): string {
  try {
    loadSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.lines.join('\n');
    throw error;
  }
  return '';
}

describe('log sources', () => {
  it('come from the environment as pairs, several globs a service', () => {
    const { settings } = loadSettings({
      VALTRONICS_LOG_SOURCES: 'redis=/var/log/redis/*.log, api = /srv/a=b/*.log,redis=/tmp/r.log,',
    });
    expect(settings.logs.sources).toEqual([
      { service: 'redis', paths: ['/var/log/redis/*.log', '/tmp/r.log'] },
      { service: 'api', paths: ['/srv/a=b/*.log'] },
    ]);
  });

  it('come from YAML with format and zone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'log-sections-'));
    const file = join(folder, 'config.yml');
    writeFileSync(
      file,
      'logs:\n  sources:\n    - service: postgres\n      paths: [/var/log/pg/*.log]\n      format: postgresql\n      timezone: Europe/Berlin\n',
    );
    const { settings } = loadSettings({}, file);
    rmSync(folder, { recursive: true });
    expect(settings.logs.sources).toEqual([
      { service: 'postgres', paths: ['/var/log/pg/*.log'], format: 'postgresql', timezone: 'Europe/Berlin' },
    ]);
  });

  it.each([
    ['/var/log/*.log', /^VALTRONICS_LOG_SOURCES: "\/var\/log\/\*\.log" is not allowed: service=glob pairs/],
    ['api=', /"api=" is not allowed: service=glob pairs/],
    ['a b=/x.log', /must be letters, digits, dot, dash or underscore/],
  ])('%s is refused with words', (value, problem) => {
    expect(problemsOf({ VALTRONICS_LOG_SOURCES: value })).toMatch(problem);
  });
});

describe('names of the environment', () => {
  it('are those that the contract fixes', () => {
    const { settings, warnings } = loadSettings({
      VALTRONICS_LOG_QUEUE_MAX_BYTES: '2000000',
      VALTRONICS_LOG_RETENTION_DAYS: '7',
      VALTRONICS_SYSLOG_LISTEN: '127.0.0.1:5514',
      VALTRONICS_ELASTICSEARCH_URL: 'http://127.0.0.1:9200',
      VALTRONICS_ELASTICSEARCH_API_KEY: 'secret',
    });
    expect(warnings).toEqual([]);
    expect(settings.logs).toMatchObject({
      queue_max_bytes: 2_000_000,
      retention_days: 7,
      syslog_listen: '127.0.0.1:5514',
    });
    expect(settings.elasticsearch).toMatchObject({ url: 'http://127.0.0.1:9200', api_key: 'secret' });
  });
});
