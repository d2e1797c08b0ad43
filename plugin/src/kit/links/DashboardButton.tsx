import type { ReactNode } from 'react';
import { useLocation } from 'react-router-dom';
import { useApp } from '../app/appContext';
import { PageButton } from './PageLink';

/** The dashboards that come with the product: contract §5. */
export type DashboardUid =
  | 'valtronics-api'
  | 'valtronics-device'
  | 'valtronics-exporter'
  | 'valtronics-fleet'
  | 'valtronics-infrastructure';

/** Variables of a dashboard by name. */
export type DashboardVariables = Readonly<Record<string, string>>;

/** The address of a dashboard, with the time of the present page, whose query is `search`. */
export function dashboardPath(uid: DashboardUid, variables: DashboardVariables, search: string): string {
  const query = new URLSearchParams();
  const present = new URLSearchParams(search);
  for (const name of ['from', 'to']) {
    const value = present.get(name);
    if (value !== null) query.set(name, value);
  }
  for (const [name, value] of Object.entries(variables)) query.set(`var-${name}`, value);
  return `/d/${uid}?${query.toString()}`;
}

interface Props {
  readonly dashboard: DashboardUid;
  readonly variables?: DashboardVariables;
  readonly children: ReactNode;
}

/** Leads to a dashboard, which then asks the same Prometheus as the app. */
export function DashboardButton({ dashboard, variables = {}, children }: Props) {
  const { settings } = useApp();
  const { search } = useLocation();
  const to = dashboardPath(dashboard, { datasource: settings.prometheusUid, ...variables }, search);
  return (
    <PageButton to={to} icon="apps">
      {children}
    </PageButton>
  );
}
