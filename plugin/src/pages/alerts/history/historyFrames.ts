import {
  FieldType,
  LoadingState,
  toDataFrame,
  type FieldConfigSource,
  type GrafanaTheme2,
  type PanelData,
  type TimeRange,
} from '@grafana/data';
import type { HistoryBuckets } from '../../../features/alerts/history/historyBuckets';
import { compareSeverities } from '../../../domain/alerts/severity';
import { severityColor, severityWord } from '../../../features/alerts/list/severityLook';

/** The counts as bars that stand on each other, the worst severity at the bottom. */
export function historyData(
  { times, length, counts }: HistoryBuckets,
  range: TimeRange,
  theme: GrafanaTheme2,
): PanelData {
  const severities = [...counts.keys()].sort(compareSeverities);
  const frame = toDataFrame({
    fields: [
      // A bar stands in the middle of its piece of time.
      { name: 'Time', type: FieldType.time, values: times.map((at) => at + length / 2) },
      ...severities.map((severity) => ({
        name: severityWord(severity),
        type: FieldType.number,
        values: [...(counts.get(severity) ?? [])],
        config: { color: { mode: 'fixed', fixedColor: severityColor(theme, severity) } },
      })),
    ],
  });
  return { state: LoadingState.Done, series: [frame], timeRange: range };
}

export const HISTORY_OPTIONS = {
  legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] },
  tooltip: { mode: 'multi', sort: 'none', hideZeros: true },
};

export const HISTORY_FIELDS: FieldConfigSource = {
  defaults: {
    min: 0,
    decimals: 0,
    custom: {
      drawStyle: 'bars',
      barAlignment: 0,
      barWidthFactor: 0.85,
      fillOpacity: 80,
      lineWidth: 0,
      stacking: { mode: 'normal', group: 'severity' },
      axisSoftMax: 3,
    },
  },
  overrides: [],
};
