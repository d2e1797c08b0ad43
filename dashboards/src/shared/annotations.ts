import {
  AnnotationQueryBuilder,
  type AnnotationPanelFilter,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PROMETHEUS } from './datasource.ts';
import { range } from './query.ts';

/** Alerts and the charts of one dashboard that show what they are about. */
export interface Marks {
  /** What the marks are called in the settings of the dashboard. */
  readonly name: string;
  /** Rules of `provisioning/prometheus/rules`. */
  readonly alerts: readonly string[];
  /** Matchers of further labels, where the dashboard is not about all of them. */
  readonly matchers?: string;
  /** Ids of the panels that are marked. */
  readonly panels: readonly number[];
  /** The worst severity among the alerts: the colour of the app's severities. */
  readonly severity: 'critical' | 'warning';
}

/** Names of Grafana's palette, so that both themes show them well. */
const COLOURS = { critical: 'red', warning: 'orange' } as const;

function firing({ alerts, matchers }: Marks): string {
  const chosen = matchers === undefined ? '' : `, ${matchers}`;
  return `max by (alertname, service, severity) (ALERTS{alertstate="firing", alertname=~"${alerts.join('|')}"${chosen}`;
}

/**
 * A thin mark where an alert of Prometheus begins to fire, one for all instances of the alert, on the charts that show
 * its matter: an alert that lasts does not tint the chart, and none marks a chart that it does not concern.
 */
export function alertMarks(list: readonly Marks[]): AnnotationQueryBuilder[] {
  return list.map((marks) =>
    new AnnotationQueryBuilder()
      .name(marks.name)
      .datasource(PROMETHEUS)
      .enable(true)
      .iconColor(COLOURS[marks.severity])
      .filter(panelsOnly(marks.panels))
      .target(range(`${firing(marks)}}) unless ${firing(marks)}} offset $__interval)`, '', 'Anno'))
      .titleFormat('{{alertname}}')
      .textFormat('{{severity}}, {{service}}')
      .tagKeys('severity,service'),
  );
}

/** Versions of the exporter that ran within the hour before are nothing new: a restart is no deployment. */
const VERSIONS = 'max by (version, revision) (valtronics_exporter_build_info)';
const EARLIER =
  'max by (version, revision) (max_over_time(valtronics_exporter_build_info[1h] offset $__interval))';

/** A mark on every chart where an exporter of another version begins to run. */
export function deploymentMarks(): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name('Deployments')
    .datasource(PROMETHEUS)
    .enable(true)
    .iconColor('blue')
    .target(range(`${VERSIONS} unless ${EARLIER}`, '', 'Anno'))
    .titleFormat('Exporter {{version}}')
    .textFormat('revision {{revision}}')
    .tagKeys('version');
}

/**
 * A mark where somebody took alerts on, with who it was and what was said: annotations of Grafana that the app writes
 * where its settings say so, by the tags that it gives them. Of the tags all are asked for.
 */
export function acknowledgementMarks(tags: readonly string[] = []): AnnotationQueryBuilder {
  // The SDK's query has no room for what Grafana's own source asks by.
  const target = {
    ...{ type: 'tags', limit: 100, matchAny: false, tags: ['valtronics', 'acknowledged', ...tags] },
    _implementsDataqueryVariant: () => undefined,
  };
  return new AnnotationQueryBuilder()
    .name('Acknowledgements')
    .datasource({ type: 'grafana', uid: '-- Grafana --' })
    .enable(true)
    .iconColor('green')
    .target({ build: () => target });
}

function panelsOnly(ids: readonly number[]): { build: () => AnnotationPanelFilter } {
  return { build: () => ({ exclude: false, ids: [...ids] }) };
}
