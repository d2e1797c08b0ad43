import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type DashboardLink, DashboardLinkBuilder } from '@grafana/grafana-foundation-sdk/dashboard';

/** The dashboards of the product. */
export type DashboardUid = `valtronics-${
  | 'overview'
  | 'fleet'
  | 'device'
  | 'api'
  | 'infrastructure'
  | 'alerts'
  | 'logs'
  | 'traces'
  | 'slo'
  | 'exporter'}`;

/** The time of the present dashboard, for the query of an address. */
export const TIME = '${__url_time_range}';

/** The address of a dashboard below Grafana's own, with the time and the variables of the present one. */
export function dashboardUrl(uid: DashboardUid): string {
  return `/d/${uid}?${TIME}&\${__all_variables}`;
}

/** What a click on a value offers: the place that explains it. For `dataLinks` of a panel. */
export function explainedBy(title: string, url: string): Builder<DashboardLink> {
  return new DashboardLinkBuilder(title).url(url);
}
