import { t } from '@grafana/i18n';

/** How the devices are shown: grid and table below each other, one of them, or their statuses over time. */
export const VIEWS = ['both', 'grid', 'table', 'timeline'] as const;
export type FleetView = (typeof VIEWS)[number];

/** The view in the address; the usual one without. */
export function readView(query: URLSearchParams): FleetView {
  const word = query.get('view');
  return VIEWS.find((view) => view === word) ?? 'both';
}

/** What the view is called. */
export function viewWords(view: FleetView): string {
  switch (view) {
    case 'both':
      return t('fleet.view.both', 'Grid and table');
    case 'grid':
      return t('fleet.view.grid', 'Grid');
    case 'table':
      return t('fleet.view.table', 'Table');
    case 'timeline':
      return t('fleet.view.timeline', 'Timeline');
  }
}
