import { describe, expect, it } from '@jest/globals';
import { notificationSchema, reportOf } from './notification.ts';

const NOW = Date.UTC(2026, 10, 23, 15);
const joined = (labels: Readonly<Record<string, string>>): string => Object.values(labels).sort().join();

/** A notification as Grafana 12.3 sent it, shortened by words and not by fields. */
const grafanas = {
  receiver: 'ops-team',
  status: 'firing',
  alerts: [
    {
      status: 'firing',
      labels: {
        alertname: 'CollectorFailing',
        grafana_folder: 'Valtronics',
        collector: 'api',
        severity: 'warning',
      },
      annotations: {
        summary: 'Collector api fails',
        description: 'Collector api has failed for 10 minutes.',
      },
      startsAt: '2026-11-23T05:07:10Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://localhost:3000/alerting/grafana/vt-CollectorFailing-warning/view?orgId=1',
      fingerprint: '5d3f544b33df8663',
      silenceURL: 'http://localhost:3000/alerting/silence/new?alertmanager=grafana',
      dashboardURL: '',
      panelURL: '',
      values: { A: 0, B: 1 },
      valueString: "[ var='A' labels={} value=0 ]",
      orgId: 1,
    },
  ],
  groupLabels: { alertname: 'CollectorFailing', grafana_folder: 'Valtronics' },
  commonLabels: {},
  commonAnnotations: {},
  externalURL: 'http://localhost:3000/',
  version: '1',
  groupKey: '{}:{alertname="CollectorFailing"}',
  truncatedAlerts: 0,
  orgId: 1,
  title: '[FIRING:1] CollectorFailing',
  state: 'alerting',
  message: '**Firing**',
};

describe('a notification of Grafana', () => {
  it('is the alert that Prometheus would raise, without the folder of its rule', () => {
    const { firing, gone, source } = reportOf(notificationSchema.parse(grafanas), joined, NOW);
    expect({ firing, gone, source }).toEqual({
      source: 'alertmanager',
      gone: [],
      firing: [
        {
          name: 'CollectorFailing',
          severity: 'warning',
          source: 'alertmanager',
          message: 'Collector api has failed for 10 minutes.',
          labels: { alertname: 'CollectorFailing', collector: 'api', severity: 'warning' },
          annotations: grafanas.alerts[0]?.annotations,
          generatorUrl: grafanas.alerts[0]?.generatorURL,
          startsAt: Date.UTC(2026, 10, 23, 5, 7, 10),
          sourceTime: Date.UTC(2026, 10, 23, 5, 7, 10),
        },
      ],
    });
  });

  it('ends the same alert', () => {
    const alerts = grafanas.alerts.map((alert) => ({
      ...alert,
      status: 'resolved',
      endsAt: '2026-11-23T05:17:10Z',
    }));
    const { firing, gone } = reportOf(notificationSchema.parse({ ...grafanas, alerts }), joined, NOW);
    expect(firing).toEqual([]);
    expect(gone).toEqual([
      { fingerprint: 'CollectorFailing,api,warning', at: Date.UTC(2026, 10, 23, 5, 17, 10) },
    ]);
  });
});

describe('a notification of Alertmanager', () => {
  it('keeps a label that only means something to Grafana', () => {
    const { firing } = reportOf(notificationSchema.parse({ ...grafanas, version: '4' }), joined, NOW);
    expect(firing[0]?.labels).toHaveProperty('grafana_folder', 'Valtronics');
  });

  it.each(['2', '3', '5', 4, undefined])('of version %j is refused in words', (version) => {
    expect(() => notificationSchema.parse({ ...grafanas, version })).toThrow(
      'only version 4 of Alertmanager’s payload, and version 1 of Grafana’s, is understood',
    );
  });
});
