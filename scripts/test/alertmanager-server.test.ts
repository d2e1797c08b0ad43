import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ALERTMANAGER, describeWith } from '../../exporter/test/support/require.ts';
import { waitFor } from '../../exporter/test/support/server.ts';
import { readRules } from '../generate/prometheus-rules.ts';
import {
  type PostedAlert,
  type RunningAlertmanager,
  startAlertmanager,
} from './support/running-alertmanager.ts';

const { alerts } = readRules();
const webhookSchema = z.object({
  version: z.literal('4'),
  status: z.enum(['firing', 'resolved']),
  receiver: z.string(),
  alerts: z.array(
    z.object({
      status: z.string(),
      labels: z.record(z.string(), z.string()),
      annotations: z.record(z.string(), z.string()),
    }),
  ),
});
type Webhook = z.infer<typeof webhookSchema>;
const slackSchema = z.object({
  channel: z.string(),
  attachments: z.tuple([
    z.object({ title: z.string(), title_link: z.string(), text: z.string(), color: z.string() }),
  ]),
});
const pagerSchema = z.object({
  routing_key: z.string(),
  event_action: z.string(),
  dedup_key: z.string(),
  client_url: z.string(),
  payload: z.object({
    summary: z.string(),
    severity: z.string(),
    component: z.string(),
    custom_details: z.record(z.string(), z.string()),
  }),
});

/** An alert as Prometheus sends it, with the labels and links of its rule. */
function alertOf(
  name: string,
  cluster: string,
  labels: Record<string, string> = {},
  description = 'It is 1 now.',
): PostedAlert {
  const rule = alerts.find(
    ({ alert, labels: own }) => alert === name && own.severity === (labels['severity'] ?? own.severity),
  );
  if (rule === undefined) throw new Error(`no alert ${name}`);
  const { runbook_url, dashboard_url } = rule.annotations;
  return {
    labels: { alertname: name, ...rule.labels, job: 'valtronics-api', cluster, ...labels },
    annotations: { summary: `${name} & more`, description, runbook_url, dashboard_url },
    startsAt: '2026-03-01T10:20:30Z',
  };
}

describeWith([ALERTMANAGER], 'a real Alertmanager', () => {
  let server: RunningAlertmanager;
  beforeAll(async () => {
    server = await startAlertmanager();
  });
  afterAll(() => server.stop());

  const bodies = (path: string): string[] =>
    server.http.deliveries.filter((call) => call.path.startsWith(path)).map(({ body }) => body);
  /** What the store got of a cluster so far. */
  const stored = (cluster: string): Webhook[] =>
    bodies('/store/')
      .map((body) => webhookSchema.parse(JSON.parse(body)))
      .filter((call) => call.alerts.some(({ labels }) => labels['cluster'] === cluster));
  const told = async (what: string, condition: () => boolean): Promise<void> => waitFor(what, condition);

  it('groups alerts and brings them to the store with the token, and later that they are over', async () => {
    const [one, two] = [
      alertOf('HighCPUUsage', 'grouped', { instance: 'a:9100' }),
      alertOf('HighCPUUsage', 'grouped', { instance: 'b:9100' }),
    ];
    await server.post(one, two);
    await told('both arrived', () => stored('grouped').some((call) => call.alerts.length === 2));
    const calls = server.http.deliveries.filter(({ path }) => path.startsWith('/store'));
    expect(new Set(calls.map(({ path, authorization }) => `${path} ${authorization ?? ''}`))).toEqual(
      new Set(['/store/api/v1/alerts/webhook Bearer the-exporter-token']),
    );
    // Alertmanager gives the receiver's name as it would stand in a regular expression.
    expect(stored('grouped')[0]).toMatchObject({ receiver: 'web\\.hook', status: 'firing' });
    await server.post({ ...one, endsAt: new Date(Date.now() - 1000).toISOString() });
    await told('one of them is over', () =>
      stored('grouped').some((call) =>
        call.alerts.some(({ status, labels }) => status === 'resolved' && labels['instance'] === 'a:9100'),
      ),
    );
  }, 300_000);

  it('tells Slack what, where, since when, the value, and links to runbook, dashboard and device', async () => {
    const labels = { device_id: 'MOCK 1/é', location: 'Hall 2' };
    await server.post(alertOf('DeviceStale', 'slack', labels, 'Roof has not been heard of for 2h 0m 0s.'));
    await told('Slack was told', () => bodies('/slack').some((body) => body.includes('MOCK')));
    const message = slackSchema.parse(
      JSON.parse(bodies('/slack').find((body) => body.includes('MOCK')) ?? ''),
    );
    expect(message.channel).toBe('#alerts');
    const [{ title, title_link: link, text, color }] = message.attachments;
    expect(title).toBe('[FIRING:1] DeviceStale: DeviceStale & more (slack)');
    expect(link).toBe('http://localhost:3000/d/valtronics-fleet');
    expect(color).toBe('warning');
    expect(text.trim().split('\n')).toEqual([
      '*DeviceStale & more* (warning)',
      'Roof has not been heard of for 2h 0m 0s.',
      'Where: cluster=slack, device_id=MOCK 1/é, job=valtronics-api, location=Hall 2',
      'Since: 2026-03-01 10:20:30 UTC',
      '<https://valtronics.example.com/docs/runbooks/DeviceStale.md|Runbook> ' +
        '<http://localhost:3000/d/valtronics-fleet|Dashboard> ' +
        '<http://localhost:3000/a/valtronics-monitoring-app/fleet/MOCK%201/é|Device MOCK 1/é>',
    ]);
  }, 300_000);

  it('calls PagerDuty for what is critical, under one key from beginning to end', async () => {
    const alert = alertOf('MqttBrokerDown', 'paged');
    await server.post(alert);
    const calls = (): z.infer<typeof pagerSchema>[] =>
      bodies('/pagerduty')
        .filter((body) => body.includes('paged'))
        .map((body) => pagerSchema.parse(JSON.parse(body)));
    await told('PagerDuty was called', () => calls().length > 0);
    expect(calls()[0]).toMatchObject({
      routing_key: 'the-pagerduty-routing-key',
      event_action: 'trigger',
      client_url: 'http://localhost:3000/d/valtronics-overview',
      payload: {
        summary: '[FIRING:1] MqttBrokerDown: MqttBrokerDown & more (paged)',
        severity: 'critical',
        component: 'telemetry',
        custom_details: { num_firing: '1', num_resolved: '0' },
      },
    });
    expect(calls()[0]?.payload.custom_details['firing']).toContain('Since: 2026-03-01 10:20:30 UTC');
    await server.post({ ...alert, endsAt: new Date(Date.now() - 1000).toISOString() });
    await told('PagerDuty was told that it is over', () =>
      calls().some((call) => call.event_action === 'resolve'),
    );
    expect(new Set(calls().map((call) => call.dedup_key)).size).toBe(1);
  }, 300_000);

  it('writes to a team by mail, as text and as HTML', async () => {
    await server.post(alertOf('DatabaseConnectionsHigh', 'mailed', {}, 'It is 90% <now>.'));
    await told('the mail arrived', () => server.mail.mails.some((mail) => mail.includes('mailed')));
    const mail = server.mail.mails.find((text) => text.includes('mailed')) ?? '';
    // Quoted-printable breaks long lines.
    const plain = mail.replaceAll('=\n', '').replaceAll('=3D', '=');
    expect(plain).toContain('To: database-team@valtronics.com');
    expect(plain).toContain(
      'Subject: [FIRING:1] DatabaseConnectionsHigh: DatabaseConnectionsHigh & more (mailed)',
    );
    expect(plain).toContain('What: It is 90% <now>.');
    expect(plain).toContain('<td>It is 90% &lt;now&gt;.</td>');
    expect(plain).toContain(
      '<a href="https://valtronics.example.com/docs/runbooks/DatabaseConnectionsHigh.md">Runbook</a>',
    );
    expect(plain).not.toContain('>Device ');
  }, 300_000);

  it('tells of alerts without any annotation, as the platform raises them', async () => {
    await server.post({
      labels: { alertname: 'temperature', severity: 'Critical', device_id: 'MOCK-9', cluster: 'bare' },
    });
    await told('PagerDuty was called', () => bodies('/pagerduty').some((body) => body.includes('bare')));
    await told('Slack was told', () => bodies('/slack').some((body) => body.includes('bare')));
    const body = bodies('/slack').find((text) => text.includes('bare')) ?? '';
    const [{ title, text, color }] = slackSchema.parse(JSON.parse(body)).attachments;
    expect(title).toBe('[FIRING:1] temperature (bare)');
    expect(text).toContain(
      '*temperature* (Critical)\nno description\nWhere: cluster=bare, device_id=MOCK-9\n',
    );
    expect(color).toBe('danger');
  }, 300_000);

  it('names the first twenty of many', async () => {
    const many = Array.from({ length: 25 }, (_, index) =>
      alertOf('DeviceStale', 'many', { device_id: `D-${index + 100}` }),
    );
    await server.post(...many);
    await told('Slack was told of all', () => bodies('/slack').some((body) => body.includes('FIRING:25')));
    const body = bodies('/slack').find((text) => text.includes('FIRING:25')) ?? '';
    const [{ text }] = slackSchema.parse(JSON.parse(body)).attachments;
    expect(text.match(/\*DeviceStale/g)).toHaveLength(20);
    expect(text).toContain('The first 20 of 25.');
    // The store is told by another route, in its own time.
    await waitFor('the store has them', () => stored('many').some((call) => call.alerts.length === 25));
  }, 300_000);

  it('sends the watchdog to its receiver and to nobody else', async () => {
    await server.post(alertOf('Watchdog', 'dog'));
    await told('the watchdog barked', () => bodies('/watchdog').some((body) => body.includes('"dog"')));
    // What comes after it in the store's route has arrived, so it would have too.
    await server.post(alertOf('HighMemoryUsage', 'after-dog'));
    await told('the next alert arrived', () => stored('after-dog').length > 0);
    expect(stored('dog')).toEqual([]);
  }, 300_000);

  it('leaves an inhibited alert out of what the group tells', async () => {
    await server.post(alertOf('ExporterDown', 'inhibited'));
    await told('the cause arrived', () => stored('inhibited').length > 0);
    const collector = { collector: 'access_log', instance: 'exporter:8001' };
    await server.post(
      alertOf('CollectorFailing', 'inhibited', collector),
      alertOf('CollectorFailing', 'inhibited', { ...collector, job: 'valtronics-berlin' }),
    );
    await told('the other platform’s collector arrived', () =>
      stored('inhibited').some((call) => call.alerts[0]?.labels['alertname'] === 'CollectorFailing'),
    );
    const jobs = stored('inhibited')
      .flatMap((call) => call.alerts)
      .filter(({ labels }) => labels['alertname'] === 'CollectorFailing')
      .map(({ labels }) => labels['job']);
    expect(new Set(jobs)).toEqual(new Set(['valtronics-berlin']));
  }, 300_000);

  const berlin = { job: 'valtronics-berlin' };
  const node = { job: 'node-exporter', instance: 'a:9100' };
  it.each<[cause: string, symptom: string, labels: Record<string, string>, inhibited: boolean]>([
    ['ExporterDown', 'TelemetryDataMissing', {}, true],
    ['ExporterDown', 'CriticalAlertsHigh', {}, true],
    ['ExporterDown', 'HighCPUUsage', node, false],
    ['ExporterDown', 'DevicesOffline', berlin, false],
    ['DatabaseConnectionsHigh', 'HighErrorRate', {}, true],
    ['HighErrorRate', 'DatabaseConnectionsHigh', {}, false],
    ['DatabaseDown', 'HighErrorRate', {}, true],
    ['DatabaseDown', 'ApiErrorBudgetBurn', { severity: 'critical' }, true],
    ['DatabaseConnectionsHigh', 'ApiErrorBudgetBurn', { severity: 'critical' }, false],
    ['DatabaseDown', 'CollectorFailing', { collector: 'postgres' }, true],
    ['DatabaseDown', 'CollectorFailing', { collector: 'mqtt' }, false],
    ['ApiDown', 'HighResponseTime', {}, true],
    ['MqttBrokerDown', 'DeviceStale', { device_id: 'D-1' }, true],
    ['MqttBrokerDown', 'CollectorFailing', { collector: 'broker' }, true],
    ['RedisDown', 'CollectorFailing', { collector: 'redis' }, true],
    ['DevicesOffline', 'DeviceStale', { device_id: 'D-1' }, true],
  ])('%s and %s %j: inhibited is %s', async (cause, symptom, labels, inhibited) => {
    const cluster = `${cause}-${symptom}-${Object.values(labels).join('-')}`;
    await server.post(alertOf(cause, cluster));
    await server.post(alertOf(symptom, cluster, labels));
    const found = async (name: string): Promise<boolean | undefined> =>
      (await server.alerts()).find(
        ({ labels: own }) => own['alertname'] === name && own['cluster'] === cluster,
      )?.status.inhibitedBy.length === 1;
    if (inhibited) {
      await waitFor('the symptom is inhibited', () => found(symptom).then(Boolean));
      expect(await found(cause)).toBe(false);
    } else {
      // Told to the store, so looked at and let pass.
      await told('the symptom arrived', () =>
        stored(cluster).some((call) => call.alerts.some((alert) => alert.labels['alertname'] === symptom)),
      );
      expect(await found(symptom)).toBe(false);
    }
  });

  it('inhibits a ticket by a page of the same name and place, not by one of another', async () => {
    const burn = (cluster: string, severity: string, source: string): PostedAlert =>
      alertOf('ApiLatencyBudgetBurn', cluster, { severity, source });
    await server.post(burn('budget', 'critical', 'probe'));
    await server.post(burn('budget', 'warning', 'probe'), burn('budget', 'warning', 'access_log'));
    const state = async (source: string): Promise<string | undefined> =>
      (await server.alerts()).find(
        ({ labels }) =>
          labels['cluster'] === 'budget' && labels['severity'] === 'warning' && labels['source'] === source,
      )?.status.state;
    await waitFor('the ticket is inhibited', async () => (await state('probe')) === 'suppressed');
    await waitFor('the other is not', async () => (await state('access_log')) === 'active');
  }, 300_000);
});
