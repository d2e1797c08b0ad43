import {
  FieldType,
  LoadingState,
  toDataFrame,
  type FieldConfigSource,
  type GrafanaTheme2,
  type PanelData,
  type TimeRange,
} from '@grafana/data';
import { LOG_LEVELS, type LogTrends } from '../../domain/logs/logEntry';
import { LEVEL_GLYPHS, levelBarColor, levelWord } from '../../features/logs/levelLook';

/** The counts as bars that stand on each other, the worst level at the bottom. */
export function trendData({ step, buckets }: LogTrends, range: TimeRange, theme: GrafanaTheme2): PanelData {
  const levels = LOG_LEVELS.filter((level) => buckets.some((bucket) => (bucket.levels[level] ?? 0) > 0));
  const frame = toDataFrame({
    fields: [
      // A bar stands in the middle of its piece of time.
      { name: 'Time', type: FieldType.time, values: buckets.map(({ at }) => at + step / 2) },
      ...levels.map((level) => ({
        name: `${LEVEL_GLYPHS[level]} ${levelWord(level)}`,
        type: FieldType.number,
        values: buckets.map((bucket) => bucket.levels[level] ?? 0),
        config: { color: { mode: 'fixed', fixedColor: levelBarColor(theme, level) } },
      })),
    ],
  });
  return { state: LoadingState.Done, series: [frame], timeRange: range };
}

export const TREND_OPTIONS = {
  legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: ['sum'] },
  tooltip: { mode: 'multi', sort: 'none', hideZeros: true },
};

export const TREND_FIELDS: FieldConfigSource = {
  defaults: {
    min: 0,
    decimals: 0,
    custom: {
      drawStyle: 'bars',
      barAlignment: 0,
      barWidthFactor: 0.85,
      fillOpacity: 80,
      lineWidth: 0,
      stacking: { mode: 'normal', group: 'level' },
      axisSoftMax: 3,
    },
  },
  overrides: [],
};
