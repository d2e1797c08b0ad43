import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range } from '../shared/query.ts';
import { timeseries } from '../shared/timeseries.ts';
import { CHOSEN } from './source.ts';

/** Charts beside each other: on a phone Grafana puts them below each other. */
const PER_LINE = 2;

/** A chart for each metric that is chosen, as their units differ. */
export function telemetryPanels(): readonly Builder<Panel>[] {
  return [
    timeseries({
      id: 21,
      title: '$metric_name',
      description:
        'What the device sent, in the unit that the legend names. A flat line may be a sensor that is stuck; a gap: nothing was known for a while.',
      noValue: 'The device sent no number of this metric in this time.',
    })
      .withTarget(
        range(
          `max by (unit) (valtronics_device_telemetry{${CHOSEN}, metric_name=~"$metric_name"})`,
          '$metric_name {{unit}}',
        ),
      )
      .unit('none')
      .repeat('metric_name')
      .repeatDirection('h')
      .maxPerRow(PER_LINE),
  ];
}
