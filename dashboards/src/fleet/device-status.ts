import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { DashboardLinkBuilder, type Panel, PanelBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { FLEET_PAGE } from '../shared/dashboard.ts';
import { PROMETHEUS } from '../shared/datasource.ts';
import { dashboardUrl } from '../shared/links.ts';
import { table } from '../shared/query.ts';
import { CHOSEN_INFO, ofChosen } from './chosen.ts';

/** The app's nested panel. */
const DEVICE_STATUS_PANEL = 'valtronics-devicestatus-panel';

/**
 * Every device as a tile. Each query is one table frame, as a series a device would cost Grafana seconds. The
 * panel joins them by `device_id`, knows by their names which of them are moments, and knows the status codes.
 */
export function deviceStatus(): Builder<Panel> {
  return new PanelBuilder()
    .type(DEVICE_STATUS_PANEL)
    .id(7)
    .title('Devices')
    .description(
      'Every registered device of the chosen types and locations by its effective status. Click one for its page.',
    )
    .noValue('Prometheus has no device of the Valtronics exporter: see Collectors below.')
    .datasource(PROMETHEUS)
    .height(11)
    .span(24)
    .options({ groupBy: 'device_type', statusCodes: 'always' })
    .unit('none')
    .withTarget(
      table(
        `valtronics_device_status
          * on (job, instance, device_id) group_left (name, location) ${CHOSEN_INFO}`,
        'status',
      ),
    )
    .withTarget(
      table(`max by (device_id) (${ofChosen('valtronics_device_status_since_timestamp_seconds')})`, 'since'),
    )
    .withTarget(
      table(`max by (device_id) (${ofChosen('valtronics_device_last_seen_timestamp_seconds')})`, 'last_seen'),
    );
}

/** The dashboard of the device whose id stands in the row's field of this name. */
export function deviceDashboardLink(field: string): DashboardLinkBuilder {
  const url = dashboardUrl('valtronics-device');
  return new DashboardLinkBuilder('Dashboard of the device').url(
    `${url}&var-device_id=\${__data.fields["${field}"]:percentencode}`,
  );
}

/** The page of the device whose id stands in the row's field of this name. */
export function devicePageLink(field: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder('Open the device').url(
    `${FLEET_PAGE}/\${__data.fields["${field}"]:percentencode}`,
  );
}
