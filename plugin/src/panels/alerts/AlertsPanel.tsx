import type { PanelProps } from '@grafana/data';
import { FromQuery } from './FromQuery';
import { FromValtronics } from './FromValtronics';
import type { AlertsOptions } from './options/options';

/** The panel: what fires now, or what changed, one line each. */
export function AlertsPanel(props: PanelProps<AlertsOptions>) {
  return props.options.source === 'query' ? <FromQuery {...props} /> : <FromValtronics {...props} />;
}
