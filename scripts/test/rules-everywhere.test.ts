import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { contactOf, generateGrafanaAlerting } from '../generate/grafana-alerting.ts';
import { generatePrometheusRule, prometheusRule } from '../generate/prometheus-rule-crd.ts';
import {
  type AlertRule,
  PROMETHEUS_FOLDER,
  readGroups,
  readRules,
  ruleFiles,
} from '../generate/prometheus-rules.ts';
import { ROOT } from '../root.ts';
import { readConfig } from './support/alertmanager.ts';

const text = z.record(z.string(), z.string());
const groupSchema = z.object({
  name: z.string(),
  interval: z.string().optional(),
  rules: z.array(
    z.object({
      alert: z.string().optional(),
      record: z.string().optional(),
      expr: z.string(),
      for: z.string().default('0s'),
      keep_firing_for: z.string().optional(),
      labels: text.default({}),
      annotations: text.default({}),
    }),
  ),
});
const crdSchema = z.object({
  apiVersion: z.literal('monitoring.coreos.com/v1'),
  kind: z.literal('PrometheusRule'),
  metadata: z.object({ name: z.string(), labels: text }),
  spec: z.object({ groups: z.array(groupSchema) }),
});
const grafanaSchema = z.strictObject({
  apiVersion: z.literal(1),
  groups: z.array(
    z.strictObject({
      orgId: z.literal(1),
      name: z.string(),
      folder: z.literal('Valtronics'),
      interval: z.string(),
      rules: z.array(
        z.strictObject({
          uid: z.string().regex(/^[\w-]{1,40}$/),
          title: z.string(),
          condition: z.literal('B'),
          data: z.tuple([
            z.object({
              refId: z.literal('A'),
              datasourceUid: z.literal('valtronics-prometheus'),
              model: z.object({ expr: z.string(), instant: z.literal(true) }),
            }),
            z.object({
              refId: z.literal('B'),
              datasourceUid: z.literal('__expr__'),
              model: z.object({ type: z.literal('math'), expression: z.string() }),
            }),
          ]),
          for: z.string(),
          keepFiringFor: z.string().optional(),
          noDataState: z.literal('OK'),
          execErrState: z.enum(['OK', 'Error']),
          labels: text,
          annotations: text,
          isPaused: z.boolean(),
          notification_settings: z
            .object({ receiver: z.string(), group_by: z.array(z.string()), repeat_interval: z.string() })
            .optional(),
        }),
      ),
    }),
  ),
});
const contactSchema = z.object({
  contactPoints: z.array(
    z.object({
      name: z.string(),
      receivers: z.array(z.object({ uid: z.string(), type: z.string(), settings: z.looseObject({}) })),
    }),
  ),
});

/** What an alert says, wherever it is written. */
interface Saying {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly keep: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
/** A label for Grafana's own pages, which leads to the app and is no label of the alert. */
function withoutOrigin(labels: Saying['labels']): Saying['labels'] {
  const { __grafana_origin: origin, ...rest } = labels;
  expect(origin).toBe('plugin/valtronics-monitoring-app');
  return rest;
}
const sorted = (sayings: readonly Saying[]): readonly Saying[] =>
  sayings.toSorted((a, b) => (a.alert + a.for < b.alert + b.for ? -1 : 1));
const sourceOf = (rule: AlertRule): Saying => ({
  alert: rule.alert,
  expr: rule.expr,
  for: rule.for,
  keep: rule.keep_firing_for,
  labels: rule.labels,
  annotations: rule.annotations,
});
const source = sorted(readRules().alerts.map(sourceOf));

const crd = generatePrometheusRule();
const resource = crdSchema.parse(parse(crd.content));
const [rulesFile, contactsFile] = generateGrafanaAlerting();
const grafana = grafanaSchema.parse(parse(rulesFile?.content ?? ''));
const grafanaRules = grafana.groups.flatMap(({ rules }) => rules);
const contacts = contactSchema.parse(parse(contactsFile?.content ?? '')).contactPoints;

describe('the rules for Kubernetes and for Grafana', () => {
  it('are committed as they are generated', () => {
    for (const file of [crd, rulesFile, contactsFile]) {
      expect(readFileSync(join(ROOT, file?.path ?? ''), 'utf8')).toBe(file?.content);
    }
  });

  it('say the same as those of Prometheus: names, expressions, times, labels, annotations', () => {
    const kubernetes = resource.spec.groups
      .flatMap(({ rules }) => rules)
      .flatMap(({ alert, expr, for: time, keep_firing_for: keep, labels, annotations }) =>
        alert === undefined ? [] : [{ alert, expr, for: time, keep, labels, annotations }],
      );
    const ofGrafana = grafanaRules.map((rule) => ({
      alert: rule.title,
      expr: rule.data[0].model.expr,
      for: rule.for,
      keep: rule.keepFiringFor,
      labels: withoutOrigin(rule.labels),
      annotations: Object.fromEntries(
        Object.entries(rule.annotations).map(([name, words]) => [
          name,
          words.replaceAll('$values.A.Value', '$value'),
        ]),
      ),
    }));
    expect(source.length).toBeGreaterThan(25);
    expect(sorted(kubernetes)).toEqual(source);
    expect(sorted(ofGrafana)).toEqual(source);
  });
});

describe('the PrometheusRule', () => {
  it('has every group with its interval and its recording rules, in the same order', () => {
    const committed = ruleFiles().flatMap(
      (file) =>
        z
          .object({ groups: z.array(groupSchema) })
          .parse(parse(readFileSync(join(ROOT, PROMETHEUS_FOLDER, file), 'utf8'))).groups,
    );
    expect(resource.spec.groups).toEqual(committed);
    expect(new Set(committed.map(({ name }) => name)).size).toBe(committed.length);
  });

  it('refuses what is no rule file', () => {
    expect(() => prometheusRule(['rules: []'])).toThrow(/groups/);
  });
});

describe("Grafana's rules", () => {
  it('have ids of their own, and intervals that Grafana can keep', () => {
    expect(new Set(grafanaRules.map(({ uid }) => uid)).size).toBe(grafanaRules.length);
    const intervals = new Map(readGroups().map(({ name, interval }) => [name, interval ?? '20s']));
    for (const { name, interval } of grafana.groups)
      expect([name, interval]).toEqual([name, intervals.get(name)]);
  });

  it('read the value as a number, and leave no text of Prometheus behind', () => {
    expect(rulesFile?.content).not.toMatch(/\$value\b/);
    expect(
      grafanaRules.filter(({ annotations }) => !annotations['description']?.includes('$values.A.Value')),
    ).toEqual([]);
  });

  it('fire on whatever the expression returns, 0 too, and stay quiet without series', () => {
    for (const { data } of grafanaRules) expect(data[1].model.expression).toBe('is_number($A) || is_inf($A)');
  });

  it('report a Prometheus that does not answer once', () => {
    const loud = grafanaRules.filter(({ execErrState }) => execErrState === 'Error');
    expect(loud.map(({ title }) => title)).toEqual(['ExporterDown']);
  });

  it('go to a contact point that exists, and the watchdog is paused as nobody listens', () => {
    const names = contacts.map(({ name }) => name);
    const quiet = grafanaRules.filter((rule) => rule.notification_settings === undefined);
    expect(quiet.map(({ title, isPaused }) => [title, isPaused])).toEqual([['Watchdog', true]]);
    for (const { notification_settings: settings, isPaused } of grafanaRules) {
      if (settings === undefined) continue;
      expect(isPaused).toBe(false);
      expect(names).toContain(settings.receiver);
      expect(settings.group_by).toEqual(expect.arrayContaining(['alertname', 'grafana_folder']));
    }
  });

  it('go to the teams of Alertmanager', () => {
    const teams = new Map<string, string[]>();
    for (const { receiver, matchers } of readConfig().route.routes) {
      const [, services] = /^service=~?"([\w|]+)"$/.exec(matchers[0] ?? '') ?? [];
      if (services !== undefined) teams.set(receiver, services.split('|'));
    }
    expect([...teams.keys()]).toEqual(['database-team', 'ops-team']);
    for (const alert of readRules().alerts) {
      const team = [...teams].find(([, services]) => services.includes(alert.labels.service))?.[0];
      expect([alert.alert, contactOf(alert)]).toEqual([
        alert.alert,
        alert.labels.severity === 'none' ? undefined : (team ?? 'email'),
      ]);
    }
  });

  it('have contact points named as receivers of Alertmanager, each telling the store with the token', () => {
    const receivers = readConfig().receivers.map(({ name }) => name);
    expect(contacts.map(({ name }) => name).filter((name) => !receivers.includes(name))).toEqual([]);
    for (const { receivers: parts } of contacts) {
      expect(parts.map(({ type }) => type)).toEqual(['webhook', 'email']);
      expect(parts[0]?.settings).toEqual({
        url: '$VALTRONICS_EXPORTER_URL/api/v1/alerts/webhook',
        httpMethod: 'POST',
        authorization_scheme: 'Bearer',
        authorization_credentials: '$VALTRONICS_TOKEN',
      });
    }
  });
});
