import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { HeatmapCellLayout } from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  PanelBuilder as HeatmapBuilder,
  RowsHeatmapOptionsBuilder,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PROMETHEUS } from '../shared/datasource.ts';
import { describedBy, type PanelText } from '../shared/panel-text.ts';
import { quantile, range } from '../shared/query.ts';
import { neutral } from '../shared/thresholds.ts';
import { alertLine, linesOnly, manyLines, timeseries } from '../shared/timeseries.ts';
import { CHOSEN_DURATIONS, NO_DURATIONS } from './source.ts';

const MOST = 8;

function quantiles(): Builder<Panel> {
  const panel = linesOnly(
    timeseries({
      id: 21,
      title: 'Duration',
      description:
        'How long requests of the chosen routes take. A dot is a single request whose trace was kept: click on it and open the trace. The line is where HighResponseTime begins to count. A median that climbs is load; a 99th percentile alone is a few slow routes or locks.',
      runbooks: ['HighResponseTime', 'ApiLatencyBudgetBurn'],
      noValue: NO_DURATIONS,
    }),
  )
    .withTarget(range(quantile('0.95', CHOSEN_DURATIONS), '95th percentile', 'A').exemplar(true))
    .withTarget(range(quantile('0.50', CHOSEN_DURATIONS), 'median', 'B'))
    .withTarget(range(quantile('0.99', CHOSEN_DURATIONS), '99th percentile', 'C'))
    .unit('s')
    .min(0);
  return alertLine(panel, 'HighResponseTime');
}

const HEATMAP: PanelText = {
  id: 22,
  title: 'Durations, all of them',
  description:
    'Requests a second by how long they took: each row is a bucket, named by its upper end. Two bands are two kinds of requests, a thin one far up a lock or a timeout; a percentile shows neither.',
  runbooks: ['HighResponseTime'],
  noValue: NO_DURATIONS,
};

function heatmap(): Builder<Panel> {
  return (
    new HeatmapBuilder()
      .id(HEATMAP.id)
      .title(HEATMAP.title)
      .description(describedBy(HEATMAP))
      .noValue(HEATMAP.noValue)
      .datasource(PROMETHEUS)
      .height(8)
      .span(12)
      .withTarget(
        range(`sum by (le) (rate(${CHOSEN_DURATIONS}[$__rate_interval]))`, '{{le}}')
          .format(PromQueryFormat.Heatmap)
          .exemplar(true),
      )
      .unit('reqps')
      // The buckets are there already.
      .calculate(false)
      .rowsFrame(new RowsHeatmapOptionsBuilder().layout(HeatmapCellLayout.Auto))
      .yAxis(new YAxisConfigBuilder().unit('s'))
      .color(
        // From the ground of the theme to its blue: what is rare stays visible in both.
        new HeatmapColorOptionsBuilder().mode(HeatmapColorMode.Opacity).fill('blue').exponent(0.5).steps(64),
      )
      .filterValues({ build: () => ({ le: 1e-9 }) })
      .cellGap(1)
      .showLegend()
  );
}

function slowest(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 23,
      title: 'Slowest Routes',
      description: `95 of 100 requests of the route are faster; the ${MOST} slowest of the chosen routes.`,
      runbooks: ['HighResponseTime'],
      noValue: NO_DURATIONS,
    }),
  )
    .withTarget(
      range(
        `topk(${MOST}, ${quantile('0.95', CHOSEN_DURATIONS, 'method', 'endpoint')})`,
        '{{method}} {{endpoint}}',
      ),
    )
    .unit('s')
    .thresholds(neutral())
    .min(0);
}

function busiest(): Builder<Panel> {
  const seconds = CHOSEN_DURATIONS.replace('_bucket', '_sum');
  return manyLines(
    timeseries({
      id: 24,
      title: 'Where the Time Goes',
      description: `Requests that are under way on average, by route: rate times duration, the ${MOST} largest. It is where the API spends itself, so where a change pays.`,
      runbooks: ['HighCPUUsage'],
      noValue: NO_DURATIONS,
    }),
  )
    .withTarget(
      range(
        `topk(${MOST}, sum by (method, endpoint) (rate(${seconds}[$__rate_interval])))`,
        '{{method}} {{endpoint}}',
      ),
    )
    .unit('suffix:requests')
    .thresholds(neutral())
    .min(0);
}

/** How long it takes. */
export function latencyPanels(): readonly Builder<Panel>[] {
  return [quantiles(), heatmap(), slowest(), busiest()];
}
