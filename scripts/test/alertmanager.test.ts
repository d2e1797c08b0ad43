import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AMTOOL, describeWith } from '../../exporter/test/support/require.ts';
import { type AlertRule, readRules } from '../generate/prometheus-rules.ts';
import {
  ALERTMANAGER_FOLDER,
  configText,
  copyAlertmanager,
  readConfig,
  readTemplates,
  SECRETS,
} from './support/alertmanager.ts';
import { run } from './support/prometheus.ts';

const RECEIVERS = ['web.hook', 'pagerduty', 'slack', 'email', 'database-team', 'ops-team', 'watchdog'];
const { alerts } = readRules();
const config = readConfig();

/** Who is told of each alert, in the order of the routes. Error budgets: page and ticket. */
const TOLD: Readonly<Record<string, string>> = {
  ApiDown: 'web.hook,pagerduty,slack',
  'ApiErrorBudgetBurn critical': 'web.hook,pagerduty,slack',
  'ApiErrorBudgetBurn warning': 'web.hook,slack',
  'ApiLatencyBudgetBurn critical': 'web.hook,pagerduty,slack',
  'ApiLatencyBudgetBurn warning': 'web.hook,slack',
  CertificateExpiring: 'web.hook,ops-team',
  CollectorFailing: 'web.hook,ops-team',
  CriticalAlertUnacknowledged: 'web.hook,email,pagerduty,slack',
  CriticalAlertsHigh: 'web.hook,pagerduty,slack',
  DatabaseConnectionsHigh: 'web.hook,database-team',
  DatabaseDown: 'web.hook,pagerduty,database-team',
  DeviceStale: 'web.hook,slack',
  DevicesOffline: 'web.hook,slack',
  DiskSpaceLow: 'web.hook,pagerduty,ops-team',
  ExporterDown: 'web.hook,pagerduty,ops-team',
  HighCPUUsage: 'web.hook,ops-team',
  HighErrorRate: 'web.hook,slack',
  HighMemoryUsage: 'web.hook,ops-team',
  HighResponseTime: 'web.hook,slack',
  LogErrorSpike: 'web.hook,slack',
  LogShippingFailing: 'web.hook,ops-team',
  MqttBrokerDown: 'web.hook,pagerduty,slack',
  NotificationsFailing: 'web.hook,pagerduty,ops-team',
  RedisDown: 'web.hook,ops-team',
  RuleEvaluationFailing: 'web.hook,pagerduty,ops-team',
  TelemetryDataMissing: 'web.hook,slack',
  'TelemetryFreshnessBudgetBurn critical': 'web.hook,pagerduty,slack',
  'TelemetryFreshnessBudgetBurn warning': 'web.hook,slack',
  TelemetryStalled: 'web.hook,pagerduty,slack',
  Watchdog: 'watchdog',
};
const toldOf = ({ alert, labels }: AlertRule): string =>
  TOLD[alert] ?? TOLD[`${alert} ${labels.severity}`] ?? '';

/** Names that a matcher on the label allows: those of `name="a"` and `name=~"a|b"`. */
const wordsOf = (matchers: readonly string[], label: string): string[] =>
  matchers.flatMap((matcher) => {
    const [, name, words = ''] = /^(\w+)=~?"([\w|]+)"$/.exec(matcher) ?? [];
    return name === label ? words.split('|') : [];
  });

describe('alertmanager.yml', () => {
  it('has the receivers of the guide and ours, and tells each of them something', () => {
    expect(config.receivers.map(({ name }) => name).toSorted()).toEqual(RECEIVERS.toSorted());
    expect(new Set(config.route.routes.map(({ receiver }) => receiver))).toEqual(new Set(RECEIVERS));
  });

  it('has an expected list of receivers for every alert of the rules, and for no other', () => {
    const keys = alerts.map((rule) =>
      rule.alert in TOLD ? rule.alert : `${rule.alert} ${rule.labels.severity}`,
    );
    expect(keys.toSorted()).toEqual(Object.keys(TOLD).toSorted());
  });

  it('tells the store of every alert once, whatever follows', () => {
    const store = config.route.routes.filter(({ receiver }) => receiver === 'web.hook');
    expect(store).toMatchObject([{ matchers: [], continue: true }]);
    expect(config.route.routes.findIndex(({ receiver }) => receiver === 'web.hook')).toBe(1);
  });

  it('posts to the exporter, with a token from a file', () => {
    expect(config.receivers.find(({ name }) => name === 'web.hook')).toEqual({
      name: 'web.hook',
      webhook_configs: [
        {
          url: 'http://exporter:8001/api/v1/alerts/webhook',
          send_resolved: true,
          http_config: { authorization: { type: 'Bearer', credentials_file: `${SECRETS}/exporter-token` } },
        },
      ],
    });
  });

  it('holds no secret, names its files in the README, and keeps them out of the repository', () => {
    const readme = readFileSync(join(ALERTMANAGER_FOLDER, 'README.md'), 'utf8');
    const files = [...configText().matchAll(/\/secrets\/([\w-]+)/g)].map(([, name = '']) => name);
    expect(new Set(files).size).toBe(4);
    for (const name of files) expect(readme).toContain(name);
    expect(configText()).not.toMatch(
      /(?:password|credentials|api_url|routing_key|service_key|bearer_token): /,
    );
    expect(readFileSync(join(ALERTMANAGER_FOLDER, '.gitignore'), 'utf8')).toContain('secrets/');
  });

  it('floods nobody: what people get waits for others and is repeated after an hour at the earliest', () => {
    const minutes = (text: unknown): number => {
      const [, number = '', unit = ''] = /^(\d+)([smhd])$/.exec(String(text)) ?? [];
      return (Number(number) * ({ s: 1, m: 60, h: 3600, d: 86_400 }[unit] ?? Number.NaN)) / 60;
    };
    const people = config.route.routes.filter(({ receiver }) => !['web.hook', 'watchdog'].includes(receiver));
    for (const route of [config.route, ...people]) {
      expect(minutes(route['repeat_interval'] ?? config.route['repeat_interval'])).toBeGreaterThanOrEqual(60);
      expect(minutes(route['group_interval'] ?? config.route['group_interval'])).toBeGreaterThanOrEqual(1);
    }
  });

  it('mutes by an interval that exists', () => {
    const named = config.route.routes.flatMap((route) => {
      const names = route['mute_time_intervals'];
      return Array.isArray(names) ? names.map(String) : [];
    });
    expect(named).toEqual(['maintenance']);
    expect(config.time_intervals.map(({ name }) => name)).toEqual(named);
  });

  it('uses the templates that it has, all of them', () => {
    const defined = readTemplates().flatMap((text) =>
      [...text.matchAll(/define "([\w.]+)"/g)].map(([, name]) => name),
    );
    const used = [configText(), ...readTemplates()].flatMap((text) =>
      [...text.matchAll(/template "([\w.]+)"/g)].map(([, name]) => name),
    );
    expect(new Set(used)).toEqual(new Set(defined));
  });
});

describe('inhibition', () => {
  const severities = (name: string): string[] =>
    alerts.filter(({ alert }) => alert === name).map(({ labels }) => labels.severity);
  const named = config.inhibit_rules
    .map(({ source_matchers: sources, target_matchers: targets }) => ({
      sources: wordsOf(sources, 'alertname'),
      targets: wordsOf(targets, 'alertname'),
    }))
    .filter(({ sources }) => sources.length > 0);

  it('speaks of alerts that exist', () => {
    const names = new Set(alerts.map(({ alert }) => alert));
    const spoken = named.flatMap(({ sources, targets }) => [...sources, ...targets]);
    expect(spoken.length).toBeGreaterThan(20);
    expect(spoken.filter((name) => !names.has(name))).toEqual([]);
  });

  it('never silences what is critical by a warning, and nothing by itself', () => {
    for (const { sources, targets } of named) {
      expect(targets.filter((target) => sources.includes(target))).toEqual([]);
      if (targets.flatMap(severities).includes('critical')) {
        expect(new Set(sources.flatMap(severities))).toEqual(new Set(['critical']));
      }
    }
  });

  it('has the cause silence the symptom, within one cluster, and not the other way round', () => {
    const pairs = named.flatMap(({ sources, targets }) =>
      sources.flatMap((s) => targets.map((t) => `${s} > ${t}`)),
    );
    expect(pairs).toEqual(
      expect.arrayContaining(['DatabaseConnectionsHigh > HighErrorRate', 'DatabaseDown > HighErrorRate']),
    );
    expect(pairs.filter((pair) => pairs.includes(pair.split(' > ').toReversed().join(' > ')))).toEqual([]);
    expect(config.inhibit_rules.filter(({ equal }) => !equal.includes('cluster'))).toEqual([]);
  });

  it('silences a failing collector by the alert of what it asks', () => {
    const pairs = config.inhibit_rules.flatMap(({ source_matchers: sources, target_matchers: targets }) =>
      wordsOf(targets, 'collector').map(
        (collector) => `${wordsOf(sources, 'alertname').join()} > ${collector}`,
      ),
    );
    expect(pairs).toEqual([
      'DatabaseDown > postgres',
      'ApiDown > api',
      'MqttBrokerDown > mqtt',
      'MqttBrokerDown > broker',
      'RedisDown > redis',
    ]);
  });
});

describeWith([AMTOOL], 'amtool', () => {
  const told = (...labels: readonly string[]): string => {
    const args = ['config', 'routes', 'test', '--config.file=alertmanager.yml', ...labels];
    // The warning on how it found the configuration goes to the other stream, at the end.
    return run('amtool', args, ALERTMANAGER_FOLDER).output.split(/\s/)[0] ?? '';
  };

  it('accepts the configuration and its templates, without the secrets being there', () => {
    expect(existsSync(SECRETS)).toBe(false);
    const { status, output } = run('amtool', ['check-config', 'alertmanager.yml'], ALERTMANAGER_FOLDER);
    expect(output).toContain('1 templates');
    expect(output).not.toMatch(/FAILED|deprecated/i);
    expect(status).toBe(0);
  });

  it.each([
    ['a receiver that is not there', 'receiver: slack', 'receiver: slak'],
    ['a word that it does not know', 'group_wait: 10s', 'group_wayt: 10s'],
    ['a matcher that is none', 'service="database"', 'service database'],
  ])('would refuse %s', async (_, from, to) => {
    const { path, remove } = copyAlertmanager((text) => text.replace(from, to));
    expect(run('amtool', ['check-config', 'alertmanager.yml'], path).status).not.toBe(0);
    await remove();
  });

  it.each(alerts.map((rule) => ({ rule, receivers: toldOf(rule) })))(
    'sends $rule.alert, $rule.labels.severity, to $receivers',
    ({ rule, receivers }) => {
      const { severity, service } = rule.labels;
      expect(told(`alertname=${rule.alert}`, `severity=${severity}`, `service=${service}`)).toBe(receivers);
    },
  );

  it.each([
    [
      'a critical row of the platform, however it is spelled',
      ['alertname=temperature', 'severity=Critical'],
      'web.hook,pagerduty,slack',
    ],
    ['news that can wait', ['alertname=firmware', 'severity=info'], 'web.hook,email'],
    ['an alert without severity or service', ['alertname=odd'], 'web.hook,slack'],
    [
      'news on the database',
      ['alertname=vacuum', 'severity=info', 'service=database'],
      'web.hook,database-team',
    ],
  ])('sends %s to the right ones', (_, labels, receivers) => {
    expect(told(...labels)).toBe(receivers);
  });
});
