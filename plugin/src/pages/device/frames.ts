import {
  FieldType,
  LoadingState,
  MappingType,
  toDataFrame,
  type FieldConfigSource,
  type GrafanaTheme2,
  type PanelData,
  type TimeRange,
} from '@grafana/data';
import { DEVICE_STATUSES, STATUS_CODES } from '../../domain/fleet/deviceStatus';
import { stepSeconds } from '../../api/prometheusClient';
import type { RangeSeries } from '../../api/prometheusShapes';
import { STATUS_GLYPHS, statusColor, statusWord } from '../../kit/status/statusLook';
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

/** The status of a device over time. */
export function statusData(series: RangeSeries | undefined, range: TimeRange, name: string): PanelData {
  return { state: LoadingState.Done, series: [frameOf(name, series, range)], timeRange: range };
}

/** Codes as glyph, word and colour. */
export function statusFieldConfig(theme: GrafanaTheme2): FieldConfigSource {
  const options = Object.fromEntries(
    DEVICE_STATUSES.map((status, index) => [
      String(STATUS_CODES[status]),
      { text: `${STATUS_GLYPHS[status]} ${statusWord(status)}`, color: statusColor(theme, status), index },
    ]),
  );
  return { defaults: { mappings: [{ type: MappingType.ValueToText, options }] }, overrides: [] };
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
