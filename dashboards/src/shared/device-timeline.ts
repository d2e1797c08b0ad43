import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type Panel, PanelBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { PROMETHEUS } from './datasource.ts';
import { describedBy, type PanelText } from './panel-text.ts';
import { range } from './query.ts';

/** The app's nested panel. */
const TIMELINE_PANEL = 'valtronics-timeline-panel';

/** Points of each device over the dashboard's range: with thousands of devices more would cost seconds to answer. */
const POINTS = 240;

export interface DeviceTimeline extends PanelText {
  /** Matchers of the devices, and of their alerts. */
  readonly matchers: string;
  /** Options of the panel besides the usual ones. */
  readonly options: object;
  readonly width: number;
  readonly height: number;
}

/** The statuses of devices over time, a row each, with the alerts that fired for them in its tooltips. */
export function deviceTimeline(timeline: DeviceTimeline): Builder<Panel> {
  const { id, title, noValue, matchers, options, width, height } = timeline;
  const status = `max by (device_id, device_type, name) (
    valtronics_device_status{${matchers}}
      * on (job, instance, device_id) group_left (name) valtronics_device_info)`;
  const firing = `max by (device_id, alertname, severity) (ALERTS{alertstate="firing", ${matchers}})`;
  return new PanelBuilder()
    .type(TIMELINE_PANEL)
    .id(id)
    .title(title)
    .description(describedBy(timeline))
    .noValue(noValue)
    .datasource(PROMETHEUS)
    .maxDataPoints(POINTS)
    .height(height)
    .span(width)
    .options({ statusCodes: 'always', ...options })
    .unit('none')
    .withTarget(range(status, '{{name}}', 'status'))
    .withTarget(range(firing, '{{alertname}}', 'alerts'));
}
