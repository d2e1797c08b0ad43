import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type Panel, PanelBuilder } from '@grafana/grafana-foundation-sdk/dashboard';

/** The app's nested panel. */
const ALERTS_PANEL = 'valtronics-alerts-panel';

/** What fires now, whoever raised it: the panel asks the app's sources itself and needs no query. */
export function alertsPanel(id: number, title: string, width: number): Builder<Panel> {
  return new PanelBuilder()
    .type(ALERTS_PANEL)
    .id(id)
    .title(title)
    .description(
      'Alerts that fire, the worst first: those of the platform, of Prometheus and of Grafana. Editors acknowledge and silence them here.',
    )
    .height(9)
    .span(width)
    .options({ source: 'valtronics', labels: ['device_id'] });
}
