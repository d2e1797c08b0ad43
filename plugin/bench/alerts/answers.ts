import { fingerprintOf } from '../../src/domain/alerts/fingerprint';

/** How many alerts there are, and what of them is another than at first. */
export interface AlertWorld {
  readonly count: number;
  /** How many of them came in the place of others. */
  readonly replaced: number;
  /** How often the engine has looked: every look writes its times anew. */
  readonly looks: number;
}

/** The bodies of the three sources, as texts, for the page to parse as Grafana does. */
export interface AlertAnswers {
  /** Pages of the exporter's store. */
  readonly stored: readonly string[];
  readonly routed: string;
  readonly rules: string;
}

/** Alerts a page of the store. */
const PAGE = 1000;
const RULES = 25;
const START = Date.UTC(2026, 0, 5, 8);
const SEVERITIES = ['critical', 'warning', 'warning', 'info'];
const SERVICES = ['devices', 'api', 'telemetry', 'database', 'mqtt'];

const iso = (at: number): string => new Date(at).toISOString();

function labelsOf(index: number): Readonly<Record<string, string>> {
  return {
    alertname: `RuleOfTheFleet${index % RULES}`,
    severity: SEVERITIES[(index % RULES) % SEVERITIES.length] ?? '',
    device_id: `MOCK-${10_000 + index}`,
    device_type: 'sensor',
    instance: 'exporter:8001',
    job: 'valtronics-api',
    service: SERVICES[index % SERVICES.length] ?? '',
  };
}

function annotationsOf(index: number): Readonly<Record<string, string>> {
  return {
    summary: `Device MOCK-${10_000 + index} has not been heard of for longer than it ever was before`,
    description: `Nothing came from it for ${index % 90} minutes. Look at its power supply and at the broker first.`,
    runbook_url: `https://example.org/runbooks/RuleOfTheFleet${index % RULES}`,
  };
}

/** Alerts that the store, Alertmanager and Prometheus' rules show alike. */
export function alertAnswers({ count, replaced, looks }: AlertWorld): AlertAnswers {
  const seen = iso(START + 3_600_000 + looks * 60_000);
  // Those that are replaced are spread over all rules and pages.
  const step = replaced === 0 ? Infinity : Math.floor(count / replaced);
  const alerts = Array.from({ length: count }, (_, place) => {
    const index = place % step === step - 1 ? place + count * looks : place;
    return {
      index,
      labels: labelsOf(index),
      annotations: annotationsOf(index),
      startsAt: iso(START + (index % 3000) * 1000),
    };
  });
  const stored = alerts.map(({ labels, annotations, startsAt, index }) => ({
    fingerprint: fingerprintOf(labels),
    name: labels.alertname,
    severity: labels.severity,
    source: 'alertmanager',
    state: index % 20 === 0 ? 'acknowledged' : 'active',
    message: annotations.description,
    ...{ labels, annotations, generatorUrl: 'http://prometheus:9090/graph?g0.expr=up', startsAt },
    lastSeen: seen,
    acknowledgement:
      index % 20 === 0 ? { by: 'ana', at: startsAt, comment: 'power cut, somebody is on the way' } : null,
    resolution: null,
    maintenance: [],
    notified: [{ receiver: 'slack', state: 'delivered', at: startsAt }],
  }));
  const routed = alerts.map(({ labels, annotations, startsAt }) => ({
    ...{ annotations, endsAt: seen, startsAt, updatedAt: seen },
    fingerprint: fingerprintOf(labels),
    receivers: [{ name: 'web.hook' }, { name: 'ops-team' }],
    status: { inhibitedBy: [], silencedBy: [], state: 'active', mutedBy: [] },
    generatorURL: 'http://prometheus:9090/graph?g0.expr=up',
    labels: { ...labels, cluster: 'local', region: 'north' },
  }));
  const rules = Array.from({ length: RULES }, (_, rule) => ({
    ...{ type: 'alerting', name: `RuleOfTheFleet${rule}`, query: 'up == 0', duration: 300, state: 'firing' },
    labels: { severity: SEVERITIES[rule % SEVERITIES.length] },
    annotations: { summary: 'Device {{ $labels.device_id }}: {{ $value }} minutes' },
    ...{ health: 'ok', lastEvaluation: seen, evaluationTime: 0.01 + looks / 1e6 },
    alerts: alerts
      .filter(({ index }) => index % RULES === rule)
      .map(({ labels, annotations, startsAt, index }) => ({
        ...{ labels, annotations, state: 'firing', activeAt: startsAt, value: `${1 + (index % 90)}e+00` },
      })),
  }));
  const pages = Array.from({ length: Math.ceil(count / PAGE) }, (_, page) => ({
    items: stored.slice(page * PAGE, (page + 1) * PAGE),
    nextCursor: (page + 1) * PAGE < count ? String(page + 1) : null,
  }));
  return {
    stored: pages.map((page) => JSON.stringify(page)),
    routed: JSON.stringify(routed),
    rules: JSON.stringify({ status: 'success', data: { groups: [{ name: 'fleet', rules }] } }),
  };
}
