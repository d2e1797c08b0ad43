import {
  FieldType,
  LoadingState,
  ThresholdsMode,
  toDataFrame,
  type FieldConfigSource,
  type PanelData,
  type TimeRange,
} from '@grafana/data';
import type { RangeSeries } from '../../../api/prometheusShapes';
import type { Threshold } from '../../../domain/alerts/ruleThresholds';

/** A series' name: what tells it from the others. */
function seriesName(labels: Readonly<Record<string, string>>, fallback: string): string {
  const words = Object.entries(labels).filter(([name]) => name !== '__name__');
  return words.length === 0 ? fallback : words.map(([name, value]) => `${name} ${value}`).join(', ');
}

/** The course of what a rule compares. */
export function valueData(series: readonly RangeSeries[], range: TimeRange, name: string): PanelData {
  const frames = series.map(({ labels, times, values }) =>
    toDataFrame({
      name,
      fields: [
        { name: 'Time', type: FieldType.time, values: [...times] },
        {
          name,
          type: FieldType.number,
          values: [...values],
          config: { displayName: seriesName(labels, name) },
        },
      ],
    }),
  );
  return { state: LoadingState.Done, series: frames, timeRange: range };
}

/** The limit as a line; beyond it is where the rule fires. Colours are names of the theme. */
export function valueFieldConfig({ comparison, limit }: Threshold): FieldConfigSource {
  const below = comparison.startsWith('<');
  const steps = [
    { value: -Infinity, color: below ? 'red' : 'transparent' },
    { value: limit, color: below ? 'transparent' : 'red' },
  ];
  return {
    defaults: {
      custom: { thresholdsStyle: { mode: 'line+area' }, fillOpacity: 0, showPoints: 'never' },
      thresholds: { mode: ThresholdsMode.Absolute, steps },
      color: { mode: 'palette-classic' },
    },
    overrides: [],
  };
}
