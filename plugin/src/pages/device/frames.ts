import { FieldType, LoadingState, toDataFrame, type PanelData, type TimeRange } from '@grafana/data';
import { stepSeconds } from '../../api/prometheusClient';
import type { RangeSeries } from '../../api/prometheusShapes';
import { grafanaUnit } from '../../domain/units';
import { withGaps } from '../../kit/charts/gaps';
import { compareMetrics } from '../../features/fleet/values';

function frameOf(name: string, series: RangeSeries | undefined, range: TimeRange, unit?: string) {
  const step = stepSeconds({ from: range.from.valueOf(), to: range.to.valueOf() }) * 1000;
  const { times, values } = withGaps(series ?? { times: [], values: [] }, step);
  return toDataFrame({
    name,
    fields: [
      { name: 'Time', type: FieldType.time, values: times },
      {
        name,
        type: FieldType.number,
        values,
        config: { displayName: name, ...(unit === undefined ? {} : { unit }) },
      },
    ],
  });
}

/** A chart of one metric. */
export interface MetricChart {
  readonly key: string;
  readonly title: string;
  readonly metric: string;
  readonly data: PanelData;
}

/** A chart for each metric of a device, what says most first. */
export function metricCharts(series: readonly RangeSeries[], range: TimeRange): MetricChart[] {
  return [...series]
    .sort((a, b) => compareMetrics(a.labels.metric_name ?? '', b.labels.metric_name ?? ''))
    .map((one) => {
      const { metric_name: metric = '', unit = '' } = one.labels;
      const frame = frameOf(metric, one, range, grafanaUnit(unit));
      return {
        key: `${metric}\n${unit}`,
        metric,
        title: unit === '' ? metric : `${metric} (${unit})`,
        data: { state: LoadingState.Done, series: [frame], timeRange: range },
      };
    });
}
