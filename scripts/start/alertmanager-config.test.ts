import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { alertmanagerConfigFor, type AlertmanagerPlace } from './alertmanager-config.ts';
import { ROOT } from './run-folder.ts';

const committed = readFileSync(join(ROOT, 'provisioning', 'alertmanager', 'alertmanager.yml'), 'utf8');
const RECEIVERS = ['web.hook', 'pagerduty', 'slack', 'email', 'database-team', 'ops-team', 'watchdog'];
const ALL = ['pagerduty-routing-key', 'slack-webhook-url', 'smtp-password'];

const schema = z.looseObject({
  global: z.record(z.string(), z.unknown()),
  templates: z.array(z.string()),
  route: z.unknown(),
  receivers: z.array(z.looseObject({ name: z.string() })),
});

function configFor(given: readonly string[], changes: Partial<AlertmanagerPlace> = {}) {
  const text = alertmanagerConfigFor(committed, {
    exporterUrl: 'http://127.0.0.1:8005',
    tokenFile: '/run/token',
    secrets: '/run/secrets',
    given: new Set(given),
    watchdogUrl: undefined,
    ...changes,
  });
  const config: unknown = parse(text);
  return { text, config, ...schema.parse(config) };
}
const integrations = (config: ReturnType<typeof configFor>): string[] =>
  config.receivers.flatMap((receiver) =>
    Object.keys(receiver)
      .filter((name) => name !== 'name')
      .map((name) => `${receiver.name} ${name.replace('_configs', '')}`),
  );

describe('alertmanagerConfigFor', () => {
  it('posts to the place’s exporter with its token', () => {
    const { text } = configFor([]);
    expect(text).toContain('url: http://127.0.0.1:8005/api/v1/alerts/webhook');
    expect(text).toContain('credentials_file: /run/token');
  });

  it('without secrets needs none, and keeps every route and every receiver’s name', () => {
    const config = configFor([]);
    expect(config.text).not.toContain('secrets');
    expect(config.receivers.map(({ name }) => name)).toEqual(RECEIVERS);
    expect(config.route).toEqual(schema.parse(parse(committed)).route);
    expect(integrations(config)).toEqual(['web.hook webhook']);
    expect(Object.keys(config.global)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/_file$|^smtp_auth/)]),
    );
  });

  it('with all secrets says what is committed, but for the places', () => {
    const config = configFor(ALL);
    const moved = committed
      .replace('http://exporter:8001', 'http://127.0.0.1:8005')
      .replace('/etc/alertmanager/secrets/exporter-token', '/run/token')
      .replaceAll('/etc/alertmanager/secrets', '/run/secrets');
    expect(config.config).toEqual(parse(moved));
  });

  it.each([
    ['pagerduty-routing-key', ['pagerduty pagerduty']],
    ['slack-webhook-url', ['slack slack', 'database-team slack', 'ops-team slack']],
    ['smtp-password', ['email email', 'database-team email', 'ops-team email']],
  ])('with %s alone uses what needs it', (secret, expected) => {
    expect(integrations(configFor([secret])).sort()).toEqual(['web.hook webhook', ...expected].sort());
  });

  it('gives the watchdog an address where there is one', () => {
    const config = configFor([], { watchdogUrl: 'https://hc.example.com/x?a=$1' });
    expect(config.receivers.find(({ name }) => name === 'watchdog')).toEqual({
      name: 'watchdog',
      webhook_configs: [{ url: 'https://hc.example.com/x?a=$1', send_resolved: false }],
    });
  });

  it('finds the templates in another folder', () => {
    expect(configFor([]).templates).toEqual(['templates/*.tmpl']);
    expect(configFor([], { templates: '/etc/alertmanager' }).templates).toEqual([
      '/etc/alertmanager/templates/*.tmpl',
    ]);
  });

  it('refuses a configuration of another shape', () => {
    const place = { exporterUrl: 'x', tokenFile: 't', secrets: 's', given: new Set<string>() };
    expect(() => alertmanagerConfigFor('receivers: 5', { ...place, watchdogUrl: undefined })).toThrow();
  });
});
