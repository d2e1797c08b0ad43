import { describe, expect, it } from '@jest/globals';
import { configurationDocument } from './document.ts';
import { helpText } from './help.ts';
import { OPTIONS } from './options.ts';
import { FLAGS, parseCommandLine } from './command-line.ts';

const CONTRACT = [
  'API_URL',
  'MQTT_URL',
  'DATABASE_URL',
  'REDIS_URL',
  'LOG_PATHS',
  'LISTEN',
  'STATE_DIR',
  'TOKEN',
  'WEB_CONFIG_FILE',
  'TELEMETRY_SOURCE',
  'MAX_DEVICES',
  'OFFLINE_AFTER',
  'EXTERNAL_LABELS',
  'ALERTMANAGER_URL',
  'SHARD',
  'TOTAL_SHARDS',
];

describe('OPTIONS', () => {
  it.each(CONTRACT)('has VALTRONICS_%s', (name) => {
    expect(OPTIONS.map((option) => option.env)).toContain(`VALTRONICS_${name}`);
  });

  it('explains every option and says what is allowed', () => {
    for (const option of OPTIONS) {
      expect([option.path, option.help]).not.toEqual([option.path, '']);
      expect([option.path, option.allowed]).not.toEqual([option.path, '']);
    }
  });

  it('is wholly in the help and in the documentation', () => {
    for (const { env, path } of OPTIONS) {
      expect(helpText()).toContain(env);
      expect(configurationDocument()).toContain(`| \`${path}\` |`);
    }
  });

  it('treats what can hold a password as a secret', () => {
    const secret = OPTIONS.filter((option) => option.secret).map((option) => option.path);
    expect(secret).toEqual([
      'api.url',
      'mqtt.url',
      'database.url',
      'redis.url',
      'elasticsearch.url',
      'elasticsearch.api_key',
      'otel.endpoint',
      'otel.traces_endpoint',
      'otel.headers',
      'jaeger.url',
      'gateway.upstream',
      'store.url',
      'alertmanager.url',
      'alertmanager.more_urls',
      'receivers.webhook_url',
      'receivers.webhook_token',
      'receivers.pagerduty_routing_key',
      'receivers.slack_url',
      'receivers.email_url',
      'receivers.email_password',
      'token',
    ]);
  });
});

describe('parseCommandLine', () => {
  it('knows its actions', () => {
    const nothing = { configFile: undefined, flags: new Map(), alertsFile: '' };
    expect(parseCommandLine([], {})).toEqual({ ...nothing, action: 'run' });
    expect(parseCommandLine(['--config.check', '--config.file', 'a.yml'], {})).toEqual({
      ...nothing,
      action: 'check',
      configFile: 'a.yml',
    });
    expect(parseCommandLine(['--alerts.import', 'alerts.db'], {})).toEqual({
      ...nothing,
      action: 'import-alerts',
      alertsFile: 'alerts.db',
    });
    expect(parseCommandLine(['--config.file=b.yml'], { VALTRONICS_CONFIG_FILE: 'a.yml' }).configFile).toBe(
      'b.yml',
    );
    expect(parseCommandLine([], { VALTRONICS_CONFIG_FILE: 'a.yml' }).configFile).toBe('a.yml');
    expect(parseCommandLine(['-h'], {}).action).toBe('help');
    expect(parseCommandLine(['--version'], {}).action).toBe('version');
  });

  it('takes options as flags by the names of Prometheus’ exporters', () => {
    const args = ['--web.listen-address=:9', '--web.config.file', 'web.yml', '--log.level=debug'];
    expect(parseCommandLine(args, {}).flags).toEqual(
      new Map([
        ['listen', { flag: '--web.listen-address', value: ':9' }],
        ['web_config_file', { flag: '--web.config.file', value: 'web.yml' }],
        ['log.level', { flag: '--log.level', value: 'debug' }],
      ]),
    );
    for (const path of Object.values(FLAGS)) expect(OPTIONS.map((option) => option.path)).toContain(path);
  });

  it.each([['--nonsense'], ['positional'], ['--config.file']])('refuses %s', (argument) => {
    expect(() => parseCommandLine([argument], {})).toThrow(/--help/);
  });
});
