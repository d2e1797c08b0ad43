import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { PROMETHEUS } from './datasource.ts';
import { range } from './query.ts';

/** Alerts that share a switch above the dashboard, and the colour of their marks. */
interface Marks {
  readonly name: string;
  /** PromQL matcher of label `severity`; severity none is the watchdog, which always fires. */
  readonly matcher: string;
  /** A name of Grafana's palette, so that both themes show it well. */
  readonly colour: string;
}

const MARKS: readonly Marks[] = [
  { name: 'Critical alerts', matcher: 'severity="critical"', colour: 'red' },
  { name: 'Warning alerts', matcher: 'severity="warning"', colour: 'orange' },
  { name: 'Other alerts', matcher: 'severity!~"critical|warning|none"', colour: 'blue' },
];

/**
 * Marks on every chart over time: a region from the first to the last moment at which an alert of Prometheus fires,
 * one for all instances of the alert. Alerts of the platform itself are on the alerts page only.
 */
export function alertAnnotations(): AnnotationQueryBuilder[] {
  return MARKS.map(({ name, matcher, colour }) =>
    new AnnotationQueryBuilder()
      .name(name)
      .datasource(PROMETHEUS)
      .enable(true)
      .iconColor(colour)
      .target(
        range(`max by (alertname, service, severity) (ALERTS{alertstate="firing", ${matcher}})`, '', 'Anno'),
      )
      .titleFormat('{{alertname}}')
      .textFormat('{{severity}}, {{service}}')
      .tagKeys('severity,service'),
  );
}
