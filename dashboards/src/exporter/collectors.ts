import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { collectorState, stateMapping } from '../shared/collector-state.ts';
import { range } from '../shared/query.ts';
import { stateTimeline } from '../shared/state-timeline.ts';
import { linesOnly, manyLines, timeseries } from '../shared/timeseries.ts';
import { CHOSEN, NO_EXPORTER } from './source.ts';

function states(): Builder<Panel> {
  return stateTimeline(
    {
      id: 11,
      title: 'Collectors',
      description:
        'Whether each source could be read. Paused: left alone for a while after repeated failures. A red stretch of ten minutes is CollectorFailing.',
      runbooks: ['CollectorFailing'],
      noValue: NO_EXPORTER,
    },
    [stateMapping()],
    [range(collectorState(`{${CHOSEN}}`, 'instance', 'collector'), '{{collector}} {{instance}}')],
  );
}

function durations(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 12,
      title: 'Collector Durations',
      description:
        'How long the last attempt of each collector took. They run side by side: the slowest is what a scrape waits for, up to its budget of 9.5 s. A line that climbs is a source that gets slow.',
      noValue: NO_EXPORTER,
    }),
  )
    .withTarget(
      range(
        `max by (instance, collector) (valtronics_collector_duration_seconds{${CHOSEN}})`,
        '{{collector}} {{instance}}',
      ),
    )
    .unit('s')
    .min(0);
}

function ages(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 13,
      title: 'Age of What Is Known',
      description:
        'Time since each source was last read. Some seconds are usual; after two minutes without success its metrics are withdrawn. docs/collectors.md says what each source gives.',
      noValue: 'No collector has succeeded yet.',
    }),
  )
    .withTarget(
      range(
        `time() - min by (instance, collector) (valtronics_collector_last_success_timestamp_seconds{${CHOSEN}})`,
        '{{collector}} {{instance}}',
      ),
    )
    .unit('s')
    .min(0);
}

function unusable(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 14,
      title: 'Data That Could Not Be Used',
      description:
        'Messages and rows that were left out, by reason. Nothing is the normal state; docs/collectors.md explains the reasons, the app’s page System shows samples.',
      noValue: 'Nothing was left out in this time.',
    }),
  )
    .withTarget(
      range(
        `sum by (reason) (rate(valtronics_mqtt_unusable_total{${CHOSEN}}[$__rate_interval])) > 0`,
        'MQTT: {{reason}}',
        'A',
      ),
    )
    .withTarget(
      range(
        `sum by (collector, reason) (rate(valtronics_rows_unusable_total{${CHOSEN}}[$__rate_interval])) > 0`,
        '{{collector}}: {{reason}}',
        'B',
      ),
    )
    .unit('suffix:/s')
    .min(0);
}

/** The sources that the exporter reads. */
export function collectorPanels(): readonly Builder<Panel>[] {
  return [states(), durations(), ages(), unusable()];
}
